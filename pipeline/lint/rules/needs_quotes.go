package rules

import (
	"bytes"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var needsQuotes = lint.Rule{
	Code: "FM015", Name: "needs-quotes", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A value is no text without quotes, or has one quote too few or too many.

A colon with a space behind it, or one of @, %, *, &, ! and the backquote at its beginning, means something
else to YAML, and in TOML every text stands in quotes. No value of the front matter can be read then.
The fix is offered where it can be told what the text is.`,
	Bad:  "---\ntitle: Rain: a history\n---\nIt rained.\n",
	Good: "---\ntitle: 'Rain: a history'\n---\nIt rained.\n",
	New:  func() lint.Checker { return unquoted{} },
}

type unquoted struct{}

func (unquoted) Check(p *lint.Pass) {
	matterFault{kind: matter.NeedsQuotes, fix: "write it with its quotes"}.Check(p)
	m := p.Matter()
	if m.Format != matter.YAML || bytes.IndexByte(m.Raw.Of(m.Text), '!') < 0 {
		return
	}
	m.Root.Walk(func(pointer string, n *matter.Node) {
		if n.Quoted || !strings.HasPrefix(n.Tag, "!") || strings.HasPrefix(n.Tag, "!!") || n.Entries != nil || n.Items != nil {
			return
		}
		before := bytes.TrimRight(m.Text[:n.Span.Start], " \t")
		if !bytes.HasSuffix(before, []byte(n.Tag)) || n.Anchor != "" {
			return
		}
		span := pipeline.Span{Start: len(before) - len(n.Tag), End: n.Span.End}
		f := lint.Finding{Span: span, Message: "a value that begins with an exclamation mark needs quotes: its first word is a tag and no text"}
		// A program may know the tag.
		if text := string(span.Of(m.Text)); !strings.ContainsAny(text, "\r\n") {
			f.Fixes = []pipeline.Fix{{Title: "write it with its quotes", Safety: pipeline.Hint, Keys: []string{pointer},
				Edits: []pipeline.Edit{{Start: span.Start, End: span.End, Text: "'" + strings.ReplaceAll(text, "'", "''") + "'"}}}}
		}
		p.Add(f)
	})
}
