package steps

import (
	"fmt"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
)

// TestCarriedMatterIsNotParsed holds that a conversion that only carries front matter allocates nothing for each of its
// lines, of which a parser would make values.
func TestCarriedMatterIsNotParsed(t *testing.T) {
	step := &Convert{To: "html", Policy: "article"}
	if err := step.Prepare(); err != nil {
		t.Fatal(err)
	}
	cost := func(keys int) float64 {
		var front strings.Builder
		for i := range keys {
			fmt.Fprintf(&front, "key%d: [a, b, 2022-07-22]\n", i)
		}
		text := "---\n" + front.String() + "---\n\nText\n"
		return testing.AllocsPerRun(20, func() {
			if err := step.Apply(t.Context(), document("a.md", text)); err != nil {
				t.Fatal(err)
			}
		})
	}
	const lines = 900
	few, many := cost(1), cost(lines)
	if perLine := (many - few) / lines; perLine > 0.5 {
		t.Errorf("%.1f allocations a line", perLine)
	}
	text := "---\n" + strings.Repeat("key: [a, b, 2022-07-22]\n", lines) + "---\n\nText\n"
	if parsed := testing.AllocsPerRun(5, func() { matter.Read([]byte(text)) }); parsed/lines < 5 {
		t.Errorf("a parser makes %.1f allocations a line, too few to tell it by them", parsed/lines)
	}
	broken := document("a.md", "---\ntitle: \"a\n---\n\nText\n")
	if err := step.Apply(t.Context(), broken); err != nil || !strings.HasPrefix(string(broken.Text), "---\ntitle: \"a\n---\n") {
		t.Errorf("broken front matter is not carried: %v, %q", err, broken.Text)
	}
}

func TestZone(t *testing.T) {
	for name, want := range map[string]string{
		"UTC": "UTC", "+08:00": "+08:00", "-03:30": "-03:30", "Asia/Shanghai": "Asia/Shanghai",
		"Asia/Shangai": "", "8": "", "+0800": "", "../etc/passwd": "", "+25:00": "",
	} {
		got, err := zone(name)
		if (err == nil) != (want != "") || err == nil && got.String() != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestRenamings(t *testing.T) {
	got, err := renamings([]string{"a=b", " c = d "})
	if err != nil || len(got) != 2 || got[1] != (matter.Renaming{From: "c", To: "d"}) {
		t.Errorf("%v, %v", got, err)
	}
	for _, wrong := range []string{"a", "=b", "a=", "a=b=c"} {
		if _, err := renamings([]string{wrong}); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
}

// BenchmarkConvert compares what a conversion costs that carries front matter with one that rewrites it.
func BenchmarkConvert(b *testing.B) {
	text := "---\ntitle: '天气预报'\ntags: [a, b]\ndate: 2022-07-22T22:48:17+08:00\n---\n\n" + strings.Repeat("<p>Text <b>bold</b></p>\n", 40)
	for _, c := range []struct {
		name string
		step *Convert
	}{
		{"carried", &Convert{To: "html", Policy: "article"}},
		{"toml", &Convert{FrontMatter: "toml", Policy: "article"}},
		{"dates", &Convert{NormalizeDates: true, Policy: "article"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			if err := c.step.Prepare(); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				d := document("a.md", text)
				d.Format = pipeline.HTML
				if err := c.step.Apply(b.Context(), d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
