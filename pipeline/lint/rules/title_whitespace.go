package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var titleWhitespace = lint.Rule{
	Code: "MT006", Name: "title-whitespace", Group: metadata, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `The title has white space at an end, or more than one blank in a row.

It shows in lists and feeds, and makes two titles of one for programs that compare them.`,
	Bad:  "---\ntitle: 'The  rain '\n---\nIt rained.\n",
	Good: "---\ntitle: 'The rain'\n---\nIt rained.\n",
	New:  func() lint.Checker { return loose{} },
}

type loose struct{}

func (loose) Check(p *lint.Pass) {
	topEntries(p.Matter(), []string{"title"}, func(e *matter.Entry) {
		n := e.Value
		if n.Kind != matter.String || len(n.Value) > maxTitle {
			return
		}
		written := strings.TrimRight(n.Value, "\r\n") // A block of lines ends with a line break.
		tidy := tidied(written)
		if tidy == written || tidy == "" {
			return
		}
		f := lint.Finding{Span: n.Span, Message: "the title has blanks at an end or several in a row"}
		// What is written must be what is meant, without escapes.
		if at, ok := inQuotes(p.Text(), n); ok && string(at.Of(p.Text())) == n.Value {
			f.Fixes = []pipeline.Fix{{Title: "leave one blank between words", Keys: []string{matter.Pointer("", e.Key)},
				Edits: []pipeline.Edit{{Start: at.Start, End: at.End, Text: tidy}}}}
		}
		p.Add(f)
	})
}

// maxTitle is the length in bytes above which a value is no title.
const maxTitle = 4096

// tidied is a title without white space at its ends, and with the first of several blanks in a row.
func tidied(title string) string {
	var b strings.Builder
	blank := false
	for _, r := range strings.TrimFunc(title, isBlank) {
		if !blank || !isBlank(r) {
			b.WriteRune(r)
		}
		blank = isBlank(r)
	}
	return b.String()
}

func isBlank(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u3000' || r == '\u00A0'
}
