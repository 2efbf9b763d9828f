package rules

import (
	"bytes"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var portability = lint.Rule{
	Code: "FM028", Name: "portability", Group: frontMatter, Severity: pipeline.Warning,
	Doc: `Programs that read front matter read this differently.

Compared are adrg/frontmatter 0.2, Hugo 0.160, Jekyll 4.3 and gray-matter 4, by a table of what they were seen to do;
none of them is run. Before 0.152 Hugo read values as adrg/frontmatter does. Dates without quotes are among the
differences: Jekyll and gray-matter make dates of them, which gray-matter takes for UTC where no zone is said.
To move articles between two programs, name these two in the option tools, and what they agree on is left out.`,
	Bad:  "---\ntitle: Rain\nanswer: no\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\nanswer: 'no'\n---\nIt rained.\n",
	New:  func() lint.Checker { return &portable{Tools: slices.Clone(matterTools)} },
}

// matterTools are the programs that are compared. A readings has what each makes of something, in this order.
var matterTools = []string{"adrg/frontmatter", "Hugo", "Jekyll", "gray-matter"}

type readings [4]string

type portable struct {
	Tools []string `option:"tools" help:"the programs that are compared"`
}

const (
	asMatter = "front matter"
	asText   = "text"
	asError  = "an error"
)

func (c *portable) Check(p *lint.Pass) {
	m := p.Matter()
	for _, f := range m.Faults {
		c.fault(p, m, f)
	}
	if m.Format == matter.None {
		return
	}
	opening := pipeline.Span{Start: m.Fence.Start, End: m.Fence.End}
	c.report(p, opening, "what stands behind this fence", fenceReadings(m), true)
	closing := trimmed(m.Text, m.Close)
	if string(closing.Of(m.Text)) == "..." {
		c.report(p, closing, "what ends with this fence", readings{asText, asText, asMatter, asError}, true)
	}
	if bytes.HasSuffix(m.Open.Of(m.Text), []byte("\r")) {
		c.report(p, opening, "what has lone carriage returns for line breaks", readings{asText, asMatter, asText, "nothing"}, true)
	}
	if m.Format == matter.YAML && m.Root != nil {
		c.value(p, m.Root)
	}
}

// report reports what the programs that matter read differently, or other than wanted, which is as front matter.
func (c *portable) report(p *lint.Pass, at pipeline.Span, subject string, r readings, wanted bool) {
	var kinds []string
	by := map[string][]string{}
	for i, tool := range matterTools {
		if r[i] == "" || !hasFold(c.Tools, tool) {
			continue
		}
		if by[r[i]] == nil {
			kinds = append(kinds, r[i])
		}
		by[r[i]] = append(by[r[i]], tool)
	}
	if len(kinds) == 0 || len(kinds) == 1 && (!wanted || kinds[0] == asMatter) {
		return
	}
	for i, kind := range kinds {
		tools := by[kind]
		list := tools[len(tools)-1]
		if n := len(tools) - 1; n > 0 {
			list = strings.Join(tools[:n], ", ") + " and " + list
		}
		kinds[i] = kind + " to " + list
	}
	p.Report(at, "%s is %s", subject, strings.Join(kinds, ", "))
}

// fault reports what the programs make of what package matter finds fault with.
func (c *portable) fault(p *lint.Pass, m *matter.Matter, f matter.Fault) {
	switch {
	case f.Kind == matter.BOM && m.Format != matter.None:
		c.report(p, f.Span, "what stands behind a byte order mark", readings{asText, asMatter, asMatter, asMatter}, true)
	case f.Kind == matter.NotFirst && len(bytes.TrimSpace(f.Span.Of(m.Text))) > 0:
		c.report(p, f.Span, "what stands behind a comment", readings{asText, asText, asText, asText}, true)
	case f.Kind == matter.NotFirst && m.Format != matter.JSON:
		c.report(p, f.Span, "what stands behind blank lines", readings{asMatter, asMatter, asText, asText}, true)
	case f.Kind == matter.EarlyFence:
		r := readings{"a closing fence", asText, asText, asText}
		if line := f.Span.Of(m.Text); len(line) > 0 && line[0] == '+' {
			r[1] = r[0]
		}
		c.report(p, f.Span, "this line inside a value", r, false)
	case f.Kind == matter.NotMapping && f.Prose:
		c.report(p, f.Span, "text between two thematic breaks", readings{asError, asError, asMatter, asMatter}, false)
	case f.Kind == matter.Duplicate && m.Format == matter.YAML:
		c.report(p, f.Span, "a key that stands here again", readings{"the one that counts", asError, "the one that counts", asError}, false)
	case f.Kind == matter.Separator:
		c.report(p, f.Span, "this character in a plain value", readings{asError, asText, asError, asText}, false)
	}
}

// fenceReadings tells who finds front matter behind an opening fence.
func fenceReadings(m *matter.Matter) readings {
	fence := strings.TrimRight(string(m.Fence.Of(m.Text)), " \t")
	switch {
	case m.Format == matter.JSON && fence == "{":
		if plainJSON(m) {
			return readings{asMatter, asMatter, asText, asText}
		}
		return readings{asText, asMatter, asText, asText}
	case fence == "---":
		return readings{asMatter, asMatter, asMatter, asMatter}
	case fence == "+++":
		return readings{asMatter, asMatter, asText, asText}
	case fence == ";;;":
		return readings{asMatter, asText, asText, asText}
	}
	if language, ok := strings.CutPrefix(fence, "---"); ok && strings.Trim(language, "-") != "" {
		r := readings{asText, asError, asText, asError}
		switch language {
		case "yaml", "toml", "json":
			r[0] = asMatter
		}
		switch strings.ToLower(strings.TrimSpace(language)) {
		case "yaml", "yml", "json":
			r[3] = asMatter
		}
		return r
	}
	if strings.Trim(fence, "-") == "" || strings.Trim(fence, "+") == "" {
		return readings{asText, asError, asText, asText}
	}
	return readings{asText, asText, asText, asText}
}

// plainJSON tells whether the braces of an object stand on lines of their own, the first of the text and one
// with a blank line behind it.
func plainJSON(m *matter.Matter) bool {
	if m.Root == nil || m.Root.Span.Len() == 0 || m.Fence.Start > 0 {
		return false
	}
	span := m.Root.Span
	first, _, _ := bytes.Cut(span.Of(m.Text), []byte("\n"))
	before := m.Text[span.Start : span.End-1]
	last := before[bytes.LastIndexByte(before, '\n')+1:]
	return len(bytes.TrimSpace(first)) == 1 && len(bytes.TrimSpace(last)) == 0 && blankBehind().Match(m.Text[span.End:])
}

var blankBehind = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[ \t]*\r?\n[ \t]*(\r?\n|$)`) })

// trimmed is a span without the white space at its ends.
func trimmed(text []byte, s pipeline.Span) pipeline.Span {
	bare := bytes.TrimSpace(s.Of(text))
	start := s.Start + bytes.Index(s.Of(text), bare)
	return pipeline.Span{Start: start, End: start + len(bare)}
}

// value looks at a value and all that stands in it in the source: not at what aliases stand for.
func (c *portable) value(p *lint.Pass, n *matter.Node) {
	if n == nil {
		return
	}
	text := p.Text()
	switch {
	case n.Tag != "":
		c.report(p, n.Span, "the tag "+clipped(n.Tag), tagReadings(n.Tag), false)
	case n.Kind != matter.Alias && len(n.Items)+len(n.Entries) == 0 && !n.Quoted && string(n.Span.Of(text)) == n.Value:
		c.report(p, n.Span, "the plain value "+clipped(n.Value), lookUp(plainValues(), n.Value), false)
	}
	for i := range n.Entries {
		e := &n.Entries[i]
		if string(e.KeySpan.Of(text)) == e.Key {
			c.report(p, e.KeySpan, "the plain key "+clipped(e.Key), lookUp(plainKeys(), e.Key), false)
		}
		c.value(p, e.Value)
	}
	for _, item := range n.Items {
		c.value(p, item)
	}
}

func clipped(text string) string {
	if len(text) > 40 {
		return strings.ToValidUTF8(text[:40], "") + "…"
	}
	return text
}

// tagReadings tells what is made of a tag of YAML.
func tagReadings(tag string) readings {
	switch tag {
	case "!", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!seq", "!!map", "!!timestamp":
		return readings{}
	case "!!binary":
		return readings{asText, "bytes", asText, "bytes"}
	case "!!set":
		return readings{"a mapping", "a mapping", asError, "a mapping"}
	case "!!omap":
		return readings{"a list", "a list", "a mapping", "a list"}
	}
	return readings{"nothing", "nothing", "nothing", asError}
}

// A difference is a form of plain scalars on which the programs do not agree, or, without readings, on which they do.
type difference struct {
	form *regexp.Regexp
	readings
}

func differences(table [][2]string) []difference {
	out := make([]difference, len(table))
	for i, row := range table {
		out[i].form = regexp.MustCompile(`^(?:` + row[0] + `)$`)
		if row[1] != "" {
			out[i].readings = readings(strings.Split(row[1], " | "))
		}
	}
	return out
}

// lookUp gives the readings of the first form that a plain scalar has.
func lookUp(table []difference, scalar string) readings {
	if scalar == "" || len(scalar) > 100 || scalar[0] > '~' {
		return readings{}
	}
	for _, d := range table {
		if !d.form.MatchString(scalar) {
			continue
		}
		switch d.readings[3] {
		case "a date":
			if _, err := time.Parse(time.DateOnly, scalar); err != nil { // The 30th of February.
				return readings{asText, asText, asText, "another date"}
			}
		case "a rounded number":
			return large(scalar)
		}
		return d.readings
	}
	return readings{}
}

// large gives the readings of a whole number of many digits, of which JavaScript keeps 53 bits.
func large(number string) readings {
	exact, ok := new(big.Int).SetString(number, 10)
	if !ok {
		return readings{}
	}
	if !exact.IsInt64() && !exact.IsUint64() {
		return readings{"a rounded number", asText, "a number", "a rounded number"}
	}
	float, _ := new(big.Float).SetInt(exact).Float64()
	if back, _ := new(big.Float).SetFloat64(float).Int(nil); back.Cmp(exact) == 0 {
		return readings{}
	}
	return readings{"a number", "a number", "a number", "a rounded number"}
}

// plainValues were tried on adrg/frontmatter 0.2.0 (yaml.v2), Hugo 0.160 (goccy/go-yaml), Jekyll 4.3 (Psych) and
// gray-matter 4.0.3 (js-yaml 3). The numbers of YAML 1.1 that all of them read alike, 012 and 1_000 among them, are not here.
var plainValues = sync.OnceValue(func() []difference {
	const when = `[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(T|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?[ \t]*`
	return differences([][2]string{
		{`yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF`, "a truth value | text | a truth value | text"},
		{`y|Y|n|N`, "a truth value | text | text | text"},
		{`true|True|TRUE|false|False|FALSE|null|Null|NULL`, ""},
		{`(?i:yes|no|on|off|true|false)`, "text | text | a truth value | text"},
		{`(?i:null)`, "text | text | nothing | text"},
		{`0o[0-7]+`, "a number | a number | text | text"},
		{`0[0-9]*[89][0-9]*`, "a number | text | text | text"},
		{`[-+]?0[0-9]+\.[0-9]*`, "a number | a number | a number | text"},
		{`[-+]?[1-9][0-9]*(:[0-5]?[0-9])+(\.[0-9]*)?`, "text | text | a number | a number"},
		{`0[0-9]*(:[0-5]?[0-9])+`, "text | text | a number | text"},
		{`[0-9]{4}-[0-9]{2}-[0-9]{2}`, "text | text | a date | a date"},
		{`[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}`, "text | text | a date | text"},
		{when + `(Z|[-+][0-9]{1,2}(:[0-9]{2})?)?`, "text | text | a time | a time"},
		{when + `[-+][0-9]{4}`, "text | text | a time | text"},
		{`-?[1-9][0-9]{15,}`, "a number | a number | a number | a rounded number"},
		{`[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?`, "text | text | a number | text"},
		{`[-+]?[0-9]+[eE][-+]?[0-9]+`, "a number | text | text | a number"},
		{`[-+]?[0-9]+\.[0-9]*[eE][0-9]+`, "a number | a number | text | a number"},
	})
})

// plainKeys were tried likewise.
var plainKeys = sync.OnceValue(func() []difference {
	return differences([][2]string{
		{`(?i:yes|no|on|off|true|false)`, "text | text | a truth value | text"},
		{`~|null|Null|NULL`, "empty | empty | nothing | text"},
		{`0|[1-9][0-9]*|[0-9]+\.[0-9]+`, "text | text | a number | text"},
		{`0[0-7]+|0x[0-9a-fA-F]+`, "text | a number | a number | a number"},
		{`[1-9][0-9]*(:[0-5]?[0-9])+`, "text | text | a number | a number"},
		{`[0-9]{4}-[0-9]{2}-[0-9]{2}`, "text | text | a date | the text of a time"},
	})
})
