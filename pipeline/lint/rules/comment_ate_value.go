package rules

import (
	"bytes"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var commentAteValue = lint.Rule{
	Code: "FM016", Name: "comment-ate-value", Group: frontMatter, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "hint",
	Doc: `What looks like the rest of a text is a comment.

In YAML a blank and a # begin a comment: "C# is # great" is "C# is", and a title that begins with # is nothing.
Only keys that hold text are looked at; put the text in quotes, or the comment in a line of its own.`,
	Bad:  "---\ntitle: C# is # great\n---\nIt rained.\n",
	Good: "---\ntitle: 'C# is # great'\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &comments{Keys: []string{"title", "description", "summary", "excerpt", "subtitle", "abstract", "author", "lead"}}
	},
}

type comments struct {
	Keys []string `option:"keys" help:"front matter keys that hold text"`
}

func (c *comments) Check(p *lint.Pass) {
	m := p.Matter()
	if m.Format != matter.YAML || bytes.IndexByte(m.Raw.Of(m.Text), '#') < 0 {
		return
	}
	topEntries(m, c.Keys, func(e *matter.Entry) {
		n := e.Value
		if n.Quoted || n.Tag != "" || n.Anchor != "" || n.Kind != matter.String && (n.Kind != matter.Null || n.Value != "") {
			return
		}
		rest := m.Text[n.Span.End:m.Raw.End]
		if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
			rest = rest[:i]
		}
		comment := strings.TrimRight(string(rest), " \t")
		text := strings.TrimLeft(comment, " \t:")
		if !strings.HasPrefix(text, "#") || text == "#" || len(comment) > maxTitle {
			return
		}
		at := n.Span.End + len(comment) - len(text)
		f := lint.Finding{Span: pipeline.Span{Start: at, End: n.Span.End + len(comment)}, Message: "what stands behind # is a comment and no part of " + e.Key}
		start := n.Span.Start
		if n.Kind == matter.Null {
			start = at
		}
		if value := string(m.Text[start:f.Span.End]); !strings.ContainsAny(value, "\r\n") {
			f.Fixes = []pipeline.Fix{{Title: "put all of it in quotes", Safety: pipeline.Hint, Keys: []string{matter.Pointer("", e.Key)},
				Edits: []pipeline.Edit{{Start: start, End: f.Span.End, Text: "'" + strings.ReplaceAll(value, "'", "''") + "'"}}}}
		}
		p.Add(f)
	})
}
