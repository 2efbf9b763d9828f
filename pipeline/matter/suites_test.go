package matter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v4"
)

// differences are the cases of the parser suites on whose verdict or value we differ, by the reason. Each is to
// differ, and all others are not to.
var differences = []struct{ reason, cases string }{
	{
		"front matter is one YAML document: a second one is a fault",
		`35KP 5TYM 6WLZ 6XDY 6ZKB 7Z25 9DXL 9KAX 9WXW JHB9 KSS4 L383 M7A3 NKF9 PUW8 RZT7 U9NS UT92`,
	},
	{
		"a key is text in every other data syntax: one that is a collection is a fault",
		`4FJ6 6BFJ 6PBE 9MMW KK5P LX3P M2N8 M2N8/1 M5DY Q9WF RZP5 SBG9 V9D5 X38W XW4D`,
	},
	{
		"the loader of YAML takes letters, digits, dash and underscore in the names of anchors only",
		`2SXE 8XYN W5VH`,
	},
	{
		"the loader of YAML takes letters in the names of directives only, and a space behind the version",
		`MUS6/5 MUS6/6 ZYU8 ZYU8/1 ZYU8/2 ZYU8/3`,
	},
	{
		"the loader of YAML overlooks less indentation, or a tab for it, within brackets, quotes and blocks",
		`9C9N DK95/1 QB6E S98Z Y79Y/3`,
	},
	{
		"the loader of YAML reads a block at the first column on past the mark of a document's end",
		`W4TN`,
	},
	{
		"an empty document is an empty mapping, as front matter without keys is",
		`DK95/7 MUS6/2 MUS6/3 MUS6/4 n_single_space n_structure_no_data n_structure_UTF8_BOM_no_data`,
	},
	{
		"valid TOML 1.1, which the suite's invalid cases of 1.0 are not",
		`invalid/datetime/no-secs invalid/inline-table/linebreak-02 invalid/inline-table/linebreak-03
		invalid/inline-table/linebreak-04 invalid/inline-table/trailing-comma invalid/string/basic-byte-escapes`,
	},
	{
		"a lone carriage return ends a line in articles",
		`invalid/control/comment-cr invalid/control/rawmulti-cr`,
	},
}

// A suiteCase is a text of a parser suite with what the suite says of it.
type suiteCase struct {
	name    string
	format  Format
	text    []byte
	valid   bool
	either  bool // parsers may take it or not
	values  any  // what it says, as JSON decodes it
	checked bool // there are values to compare with
}

func yamlCases(t *testing.T) (out []suiteCase) {
	visible := strings.NewReplacer("␣", " ", "»", "\t", "—", "", "←", "\r", "⇔", byteOrderMark, "↵", "", "∎\n", "")
	for path, data := range corpus(t, "hostile/yaml-test-suite") {
		var cases []struct {
			YAML       string
			Fail       bool
			Tree, JSON *string
		}
		if err := yaml.Unmarshal(data, &cases); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		var says *string
		for i, c := range cases {
			if c.Tree != nil || c.JSON != nil { // A case without either says what the one before does.
				says = c.JSON
			}
			one := suiteCase{name: strings.TrimSuffix(filepath.Base(path), ".yaml"), format: YAML, text: []byte(visible.Replace(c.YAML)), valid: !c.Fail}
			if i > 0 {
				one.name += fmt.Sprintf("/%d", i)
			}
			if says != nil && one.valid {
				one.values, one.checked = decoded([]byte(*says))
				if strings.TrimSpace(*says) == "" { // No document.
					one.values, one.checked = map[string]any{}, true
				}
			}
			out = append(out, one)
		}
	}
	return out
}

func tomlCases(t *testing.T) (out []suiteCase) {
	for path, data := range corpus(t, "hostile/toml-test") {
		_, name, _ := strings.Cut(filepath.ToSlash(path), "toml-test/")
		one := suiteCase{name: strings.TrimSuffix(name, ".toml"), format: TOML, text: data, valid: strings.HasPrefix(name, "valid/")}
		if one.valid { // The suite here has no values: those of the decoder that we do not use.
			values := map[string]any{}
			if err := toml.Unmarshal(data, &values); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			one.values, one.checked = values, true
		}
		out = append(out, one)
	}
	return out
}

// plain spells numbers in one way, whoever decoded them, and with text the other scalars of TOML, too.
func plain(v any, text bool) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			v[key] = plain(value, text)
		}
		return v
	case []any:
		for i, item := range v {
			v[i] = plain(item, text)
		}
		return v
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	case json.Number:
		return plainScalar(v.String())
	}
	if text {
		return plainScalar(fmt.Sprint(v))
	}
	return v
}

func plainScalar(text string) string {
	if f, err := strconv.ParseFloat(text, 64); err == nil {
		return strconv.FormatFloat(f+0, 'g', -1, 64)
	}
	upper := strings.Replace(strings.ToUpper(text), " ", "T", 1)
	if strings.TrimLeft(upper, "+-") == "NAN" {
		return "NaN"
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "15:04:05", "15:04"} {
		if at, err := time.Parse(layout, upper); err == nil {
			return at.UTC().Format(time.RFC3339Nano)
		}
	}
	return text
}

func jsonCases(t *testing.T) (out []suiteCase) {
	for path, data := range corpus(t, "hostile/jsontestsuite") {
		one := suiteCase{name: strings.TrimSuffix(filepath.Base(path), ".json"), format: JSON, text: data}
		one.valid, one.either = one.name[0] == 'y', one.name[0] == 'i' || strings.Contains(filepath.ToSlash(path), "/test_transform/")
		if json.Valid(data) {
			one.values, one.checked = decoded(data)
		}
		out = append(out, one)
	}
	return out
}

// decoded gives the first value of a text of JSON.
func decoded(text []byte) (v any, ok bool) {
	in := json.NewDecoder(bytes.NewReader(text))
	in.UseNumber()
	ok = in.Decode(&v) == nil
	return v, ok
}

// TestSuites holds our verdicts and values against those of yaml-test-suite, toml-test and JSONTestSuite. With -v it
// prints the table of them.
func TestSuites(t *testing.T) {
	reasons := map[string]string{}
	for _, d := range differences {
		for name := range strings.FieldsSeq(d.cases) {
			reasons[name] = d.reason
		}
	}
	for _, suite := range []struct {
		name  string
		cases []suiteCase
		least int
	}{{"yaml-test-suite", yamlCases(t), 400}, {"toml-test", tomlCases(t), 400}, {"JSONTestSuite", jsonCases(t), 330}} {
		if len(suite.cases) < suite.least {
			t.Errorf("%s has %d cases only", suite.name, len(suite.cases))
		}
		agree, either, values := 0, 0, 0
		by := map[string][]string{}
		for _, c := range suite.cases {
			reason, known := reasons[c.name]
			difference := c.differs(t)
			if c.format == YAML && !known && difference == "" && c.valid {
				root, _ := Parse(c.text, YAML)
				checkSpans(t, c.name, c.text, root)
			}
			delete(reasons, c.name)
			switch {
			case difference != "" && !known:
				t.Errorf("%s %s: %s\n%q", suite.name, c.name, difference, c.text)
			case difference == "" && known:
				t.Errorf("%s %s no longer differs: %s", suite.name, c.name, reason)
			case known:
				by[reason] = append(by[reason], c.name)
			case c.either:
				either++
			default:
				agree++
			}
			if c.checked && !known {
				values++
			}
		}
		t.Logf("%s: %d cases, %d agree, %d may be either; the values of %d are compared", suite.name, len(suite.cases), agree, either, values)
		for reason, names := range by {
			slices.Sort(names)
			t.Logf("    %d differ, %s: %s", len(names), reason, strings.Join(names, " "))
		}
	}
	for name := range reasons {
		t.Errorf("there is no case %s", name)
	}
}

// differs says in which way our reading of a case differs from the suite's, "" when it does not.
// What is refused has a fault with a place in the text.
func (c *suiteCase) differs(t *testing.T) string {
	t.Helper()
	root, faults := Parse(c.text, c.format)
	for _, f := range faults {
		if f.Span.Start < 0 || f.Span.End < f.Span.Start || f.Span.End > len(c.text) || f.Message == "" {
			t.Errorf("%s: the fault %+v has no place in %d bytes", c.name, f, len(c.text))
		}
	}
	refused := root == nil || slices.ContainsFunc(faults, func(f Fault) bool { return f.Kind == Duplicate && c.format == TOML })
	if refused && len(faults) == 0 {
		t.Errorf("%s: neither a value nor a fault", c.name)
	}
	if !c.either && refused == c.valid {
		return fmt.Sprintf("valid in the suite: %v, faults %+v", c.valid, faults)
	}
	if root != nil && c.checked {
		got, ok := decoded(AppendJSON(nil, root, nil))
		if !ok {
			return "is no JSON"
		}
		if c.format != JSON { // JSON's numbers keep their spelling.
			got, c.values = plain(got, c.format == TOML), plain(c.values, c.format == TOML)
		}
		if !reflect.DeepEqual(got, c.values) {
			return fmt.Sprintf("says %v, and not %v", got, c.values)
		}
	}
	return ""
}
