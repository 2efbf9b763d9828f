package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var keyStyle = lint.Rule{
	Code: "FM021", Name: "key-style", Group: frontMatter, Severity: pipeline.Warning,
	Fix: "unsafe",
	Doc: `A key is not written in the style that was agreed on.

A template that looks for publishDate does not find publish_date, and nobody remembers which it was.
The fix is unsafe because templates have to follow.`,
	Bad:  "---\ntitle: Rain\npublish_date: 2022-07-22\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\npublishDate: 2022-07-22\n---\nIt rained.\n",
	New:  func() lint.Checker { return &style{Style: "camelCase"} },
}

type style struct {
	Style string `option:"style" help:"camelCase, snake_case or kebab-case"`
}

func (c *style) Check(p *lint.Pass) {
	m := p.Matter()
	root := m.Root.Resolve()
	if root == nil {
		return
	}
	for _, e := range root.Entries {
		want, ok := inStyle(e.Key, c.Style)
		if !ok || want == e.Key {
			continue
		}
		f := lint.Finding{Span: e.KeySpan, Message: "the key " + e.Key + " is " + want + " in " + c.Style}
		if root.Entry(want) == nil && string(e.KeySpan.Of(m.Text)) == e.Key {
			f.Fixes = []pipeline.Fix{{
				Title: "write " + want, Safety: pipeline.Unsafe, Keys: []string{matter.Pointer("", e.Key), matter.Pointer("", want)},
				Edits: []pipeline.Edit{{Start: e.KeySpan.Start, End: e.KeySpan.End, Text: want}},
			}}
		}
		p.Add(f)
	}
}

// inStyle writes a key in a style. It is not ok for keys with other signs than letters A to Z, digits, dashes
// and underscores between them.
func inStyle(key, style string) (string, bool) {
	var words []string
	begin := 0
	for i := range len(key) {
		c := key[i]
		switch {
		case c == '-' || c == '_':
			if i == begin {
				return "", false
			}
			words = append(words, key[begin:i])
			begin = i + 1
		case 'A' <= c && c <= 'Z':
			if i > begin && (key[i-1] < 'A' || key[i-1] > 'Z') {
				words = append(words, key[begin:i])
				begin = i
			}
		case (c < 'a' || c > 'z') && (c < '0' || c > '9'):
			return "", false
		}
	}
	if begin == len(key) || len(key) > 100 {
		return "", false
	}
	words = append(words, key[begin:])
	for i, w := range words {
		words[i] = strings.ToLower(w)
		if style == "camelCase" && i > 0 {
			words[i] = strings.ToUpper(w[:1]) + words[i][1:]
		}
	}
	switch style {
	case "snake_case":
		return strings.Join(words, "_"), true
	case "kebab-case":
		return strings.Join(words, "-"), true
	}
	return strings.Join(words, ""), true
}
