package rules

import (
	"bytes"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var noFinalNewline = lint.Rule{
	Code: "HT017", Name: "no-final-newline", Group: htmlGroup, Severity: pipeline.Info,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `The file does not end with a line break.

What is appended lands on the last line, tools that count lines miss one, and version control marks it.
Blanks after the last line break are such an unfinished line, too.`,
	Bad:  "<p>It rained.</p>",
	Good: "<p>It rained.</p>\n",
	New:  func() lint.Checker { return unfinished{} },
}

type unfinished struct{}

func (unfinished) Check(p *lint.Pass) {
	text := p.Text()
	end := len(text)
	rest := len(bytes.TrimRight(text, " \t"))
	if len(bytes.TrimSpace(text)) == 0 || text[end-1] == '\n' || text[end-1] == '\r' {
		return
	}
	if last := text[rest-1]; last == '\n' || last == '\r' {
		blanks := pipeline.Span{Start: rest, End: end}
		p.Add(lint.Finding{Span: blanks, Message: plural(end-rest, "blank") + " after the last line break",
			Fixes: []pipeline.Fix{{Title: "remove the blanks", Edits: []pipeline.Edit{{Start: rest, End: end}}}}})
		return
	}
	p.ReportFix(pipeline.Span{Start: end, End: end}, "the file does not end with a line break", pipeline.Fix{
		Title: "end the last line", Edits: []pipeline.Edit{{Start: end, End: end, Text: newline(text)}},
	})
}

// newline is the line break that the text uses first, LF when it has none.
func newline(text []byte) string {
	i := bytes.IndexAny(text, "\r\n")
	switch {
	case i < 0 || text[i] == '\n':
		return "\n"
	case strings.HasPrefix(string(text[i:min(i+2, len(text))]), "\r\n"):
		return "\r\n"
	}
	return "\r"
}
