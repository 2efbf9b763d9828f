package rules_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint/rules"
	"copydesk/pipeline/matter"
)

// A field is one key of a tree of data, in its order. A value is a string, an int, a bool, a list of
// values ([]any) or fields.
type field struct {
	key   string
	value any
}

type fields []field

// faulty is data that most rules of front matter find fault with, nested and in lists, and what they find.
var faulty = []struct {
	data fields
	want string
}{
	{fields{
		{"title", "  雨 👨‍👩‍👧  rain "},
		{"Date_of", "x"},
		{"date", "Fri, 22 Jul 2022 22:48:17 GMT"},
		{"lastmod", "2021-01-01T00:00:00"},
		{"expiryDate", "2099年1月2日"},
		{"author", "王五"},
		{"categories", []any{"王五", "😀"}},
		{"tags", []any{"雨", "😀 rain", "雨", "😀 Rain", "a, b, c"}},
		{"image", "http://example.com/雨.png"},
		{"thumbnail", "http://example.com/雨.png"},
		{"slug", "雨 天"},
		{"description", ""},
		{"😀 键", fields{
			{"url", "http://example.com/?access_token=0123456789abcdef"},
			{"深", []any{"TODO", fields{{"link", "x"}, {"n", 1}, {"name", "[object Object]"}}, []any{"undefined"}}},
			{"empty", ""},
		}},
		{"draft", true},
	}, `
FM021 key /Date_of
FM022 key /description
IM001 value /image
IM001 value /thumbnail
MT001 value /date
MT001 value /expiryDate
MT003 value /lastmod, value /date
MT004 value /lastmod
MT006 value /title
MT007 the opening fence
MT008 value /slug
MT009 value /tags/2, value /tags/0
MT009 value /tags/3, value /tags/1
MT010 value /image
MT010 value /thumbnail
MT010 value /😀 键/url
MT012 value /thumbnail
MT015 value /😀 键/深/0
MT015 value /😀 键/深/1/name
MT015 value /😀 键/深/2/0
MT017 value /categories/0
SE010 value /😀 键/url
`},
	{fields{
		{"title", "雨一直下，" + strings.Repeat("风一直吹", 10)},
		{"description", "x"},
		{"date", "2099-01-02T00:00:00Z"},
		{"image", fields{{"alt", "x"}, {"src", "./图/没有.png"}}},
		{"cover", []any{"./没有.png", "https://exa mple.com/雨.png"}},
		{"a/b", fields{{"~c", fields{{"", "TBD"}}}}},
	}, `
IM001 value /cover/1
IM002 value /cover/0
IM002 value /image/src
MT002 value /date
MT005 value /title
MT008 the opening fence
MT011 value /cover/1
MT015 value /a~1b/~0c/
`},
	{fields{
		{"title", "雨"},
		{"description", "x"},
		{"slug", "a"},
		{"键", fields{{"雨 😀", 1}, {"x", []any{fields{{"k", 1}, {"k", 2}}}}, {"雨 😀", 2}}},
		{"e", fields{{"s", "x"}, {"s", "x"}, {"s", "x"}}},
	}, `
FM009 key /e/s, key /e/s
FM009 key /e/s, key /e/s
FM009 key /键/x/0/k, key /键/x/0/k
FM009 key /键/雨 😀, key /键/雨 😀
`},
}

// spellings are the ways to write data as front matter.
var spellings = []struct {
	name  string
	spell func(fields) string
}{
	{"yaml", func(f fields) string { return "---\n" + yamlBlock(f, "", plainOrQuoted) + "---\n" }},
	{"yaml in quotes", func(f fields) string { return "---\n" + yamlBlock(f, "", inDoubleQuotes) + "---\n" }},
	{"yaml with tabs", func(f fields) string {
		return strings.ReplaceAll("---\n"+yamlBlock(f, "", plainOrQuoted)+"---\n", ": ", ":\t")
	}},
	{"yaml with comments", func(f fields) string { return commented("---\n" + yamlBlock(f, "", inSingleQuotes) + "---\n") }},
	{"yaml in blocks", func(f fields) string { return "---\n" + yamlBlock(f, "", asBlock) + "---\n" }},
	{"yaml, dense", func(f fields) string {
		return "---\n" + regexp.MustCompile(`-\n +`).ReplaceAllString(yamlBlock(f, "", plainOrQuoted), "- ") + "---\n"
	}},
	{"yaml on one line", func(f fields) string { return "---\n" + yamlFlow(f) + "\n---\n" }},
	{"yaml with aliases", func(f fields) string { return "---\n" + aliased(f) + "---\n" }},
	{"toml", func(f fields) string { return "+++\n" + tomlTable(f, "") + "+++\n" }},
	{"toml inline", func(f fields) string { return "+++\n" + tomlInlineRoot(f, " = ") + "+++\n" }},
	{"toml with tabs", func(f fields) string { return "+++\n" + tomlInlineRoot(f, "\t=\t") + "+++\n" }},
	{"json", func(f fields) string { return jsonText(f, "", "  ") + "\n" }},
	{"json with tabs", func(f fields) string { return jsonText(f, "", "\t") + "\n" }},
	{"json on one line", func(f fields) string { return jsonText(f, "", "") + "\n" }},
}

func quoteJSON(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func inDoubleQuotes(s string) string { return quoteJSON(s) }
func inSingleQuotes(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// asBlock is a literal block, of which the lines are indented by two more than their key.
func asBlock(s string) string {
	if s == "" {
		return "''"
	}
	return "|2-\n" + s
}

func plainOrQuoted(s string) string {
	if s == "" || s != strings.TrimSpace(s) || strings.ContainsAny(s, ":#[]{},\"'*&!|>%@`") || s[0] < 'A' {
		return inSingleQuotes(s)
	}
	return s
}

func scalar(v any, quote func(string) string) string {
	if s, ok := v.(string); ok {
		return quote(s)
	}
	return fmt.Sprint(v)
}

func yamlBlock(v any, indent string, quote func(string) string) string {
	var b strings.Builder
	switch v := v.(type) {
	case fields:
		for _, f := range v {
			key := scalar(f.key, quote)
			if key[0] == '|' {
				key = plainOrQuoted(f.key)
			}
			b.WriteString(indent + key + ":" + yamlValue(f.value, indent+"  ", quote))
		}
	case []any:
		for _, item := range v {
			b.WriteString(indent + "-" + yamlValue(item, indent+"  ", quote))
		}
	}
	return b.String()
}

func yamlValue(v any, indent string, quote func(string) string) string {
	switch v.(type) {
	case fields, []any:
		return "\n" + yamlBlock(v, indent, quote)
	}
	return " " + strings.ReplaceAll(scalar(v, quote), "\n", "\n"+indent) + "\n"
}

func yamlFlow(v any) string {
	var parts []string
	switch v := v.(type) {
	case fields:
		for _, f := range v {
			parts = append(parts, plainOrQuoted(f.key)+": "+yamlFlow(f.value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		for _, item := range v {
			parts = append(parts, yamlFlow(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return scalar(v, inDoubleQuotes)
}

// aliased writes texts as anchors, in a list of their own, and aliases for them where they belong.
func aliased(f fields) string {
	var anchors strings.Builder
	number := 0
	var replaced func(v any) any
	replaced = func(v any) any {
		switch v := v.(type) {
		case fields:
			out := slices.Clone(v)
			for i := range out {
				out[i].value = replaced(out[i].value)
			}
			return out
		case []any:
			out := slices.Clone(v)
			for i := range out {
				out[i] = replaced(out[i])
			}
			return out
		case string:
			number++
			fmt.Fprintf(&anchors, "- &a%d %s\n", number, plainOrQuoted(v))
			return alias(fmt.Sprintf("*a%d", number))
		}
		return v
	}
	body := yamlBlock(replaced(f), "", plainOrQuoted)
	return "anchors:\n" + anchors.String() + body
}

// An alias is written as it is.
type alias string

// commented puts a comment behind each line with a value, and one between lines.
func commented(text string) string {
	out := ""
	for line := range strings.Lines(text) {
		if strings.HasSuffix(line, "'\n") {
			line = strings.TrimSuffix(line, "\n") + " # 注 😀\n# 又\n"
		}
		out += line
	}
	return out
}

func tomlKey(key string) string {
	if key != "" && strings.Trim(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") == "" {
		return key
	}
	return inDoubleQuotes(key)
}

// tomlTable writes tables below their headers, of which the last ones may stand behind all values only.
func tomlTable(f fields, path string) string {
	var b, tables strings.Builder
	for _, g := range f {
		if sub, ok := g.value.(fields); ok {
			name := strings.TrimPrefix(path+"."+tomlKey(g.key), ".")
			tables.WriteString("[" + name + "]\n" + tomlTable(sub, name))
			continue
		}
		b.WriteString(tomlKey(g.key) + " = " + tomlInline(g.value) + "\n")
	}
	return b.String() + tables.String()
}

func tomlInlineRoot(f fields, equals string) string {
	var b strings.Builder
	for _, g := range f {
		b.WriteString(tomlKey(g.key) + equals + tomlInline(g.value) + "\n")
	}
	return b.String()
}

func tomlInline(v any) string {
	var parts []string
	switch v := v.(type) {
	case fields:
		for _, g := range v {
			parts = append(parts, tomlKey(g.key)+" = "+tomlInline(g.value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		for _, item := range v {
			parts = append(parts, tomlInline(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return scalar(v, inDoubleQuotes)
}

func jsonText(v any, indent, step string) string {
	open, end, more := "", "", ", "
	if step != "" {
		open, end, more = "\n"+indent+step, "\n"+indent, ",\n"+indent+step
	}
	var parts []string
	switch v := v.(type) {
	case fields:
		for _, f := range v {
			parts = append(parts, inDoubleQuotes(f.key)+": "+jsonText(f.value, indent+step, step))
		}
		return "{" + open + strings.Join(parts, more) + end + "}"
	case []any:
		for _, item := range v {
			parts = append(parts, jsonText(item, indent+step, step))
		}
		return "[" + open + strings.Join(parts, more) + end + "]"
	}
	return scalar(v, inDoubleQuotes)
}

// aboutSyntax are the rules whose findings depend on how data is written.
var aboutSyntax = map[string]bool{
	"FM001": true, "FM002": true, "FM005": true, "FM006": true, "FM014": true, "FM019": true, "FM020": true, "FM024": true, "FM028": true, "FM029": true, "CD001": true,
}

// TestPositions checks the same data in many spellings: each must have the same findings, and each finding
// spans exactly one key or one value, or the opening fence where something is missing.
func TestPositions(t *testing.T) {
	l := linter(t, rules.All())
	for _, data := range faulty {
		for _, spelling := range spellings {
			for _, dressed := range dresses {
				text := []byte(dressed.dress(spelling.spell(data.data) + "\n正文 😀\n"))
				var got []string
				for _, f := range l.Check(document("雨.md", text)) {
					if !aboutSyntax[f.Code] {
						line := f.Code + " " + target(t, text, f.Span)
						for _, r := range f.Related {
							line += ", " + target(t, text, r.Span)
						}
						got = append(got, line)
					}
				}
				slices.Sort(got)
				if found := "\n" + strings.Join(got, "\n") + "\n"; found != data.want {
					t.Fatalf("%s, %s: got %s\nwant %s\nin\n%s", spelling.name, dressed.name, found, data.want, text)
				}
			}
		}
	}
}

// dresses are what may be about front matter without changing what it says.
var dresses = []struct {
	name  string
	dress func(string) string
}{
	{"as it is", func(s string) string { return s }},
	{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
	{"CR", func(s string) string { return strings.ReplaceAll(s, "\n", "\r") }},
	{"BOM", func(s string) string { return "\uFEFF" + s }},
	{"behind blank lines", func(s string) string { return "\n \n" + s }},
}

// target tells which key or value has a span. What spans an anchor is told by the alias for it.
func target(t *testing.T, text []byte, span pipeline.Span) string {
	m := matter.Read(text)
	found := ""
	m.Root.Walk(func(pointer string, n *matter.Node) {
		if n.Span == span && pointer != "" || n.Kind == matter.Alias && n.Target.Span == span {
			found = "value " + pointer
		}
		for _, e := range n.Entries {
			if e.KeySpan == span {
				found = "key " + matter.Pointer(pointer, e.Key)
			}
		}
	})
	if found == "" && span == m.Fence {
		found = "the opening fence"
	}
	if found == "" {
		t.Errorf("%q is neither a key nor a value", span.Of(text))
	}
	return found
}

// TestAliasesAreFixed has a value behind an alias: what is written in its place changes no other value.
func TestAliasesAreFixed(t *testing.T) {
	l := linter(t, rules.All())
	for text, want := range map[string]string{
		"x: &d Fri, 22 Jul 2022 22:48:17 GMT\ndate: *d\n": "x: &d Fri, 22 Jul 2022 22:48:17 GMT\ndate: 2022-07-22T22:48:17Z\n",
		"x: &d \"22 Jul 2022\"\ndate: *d\n":               "x: &d \"22 Jul 2022\"\ndate: *d\n", // It would be no text any more.
		"x: &t 雨\ntags:\n  - 雨\n  - *t\n  - b\n":          "x: &t 雨\ntags:\n  - 雨\n  - b\n",
	} {
		d := document("a.md", []byte("---\n"+text+"---\n\nText\n"))
		if _, err := l.Fix(d, pipeline.Safe); err != nil || string(d.Text) != "---\n"+want+"---\n\nText\n" || len(d.Diagnostics) > 0 {
			t.Errorf("%q becomes %q, %v %v", text, d.Text, err, d.Diagnostics)
		}
	}
}
