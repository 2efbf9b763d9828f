package rules

import (
	"bytes"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var lineSeparator = lint.Rule{
	Code: "FM025", Name: "line-separator", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `The front matter has a line break of Unicode's that only some parsers know.

To YAML 1.1 the characters U+0085, U+2028 and U+2029 end a line, to YAML 1.2 and JSON they are text:
keys and values begin and end elsewhere, and editors show nothing of it. They come along with text
that is copied out of word processors.`,
	Bad:  "---\ntitle: The\u2028rain\n---\nIt rained.\n",
	Good: "---\ntitle: The rain\n---\nIt rained.\n",
	New:  func() lint.Checker { return separators{} },
}

type separators struct{}

var separatorNames = [...]struct{ char, name string }{{"\u0085", "U+0085"}, {"\u2028", "U+2028"}, {"\u2029", "U+2029"}}

func (separators) Check(p *lint.Pass) {
	m := p.Matter()
	matterFault{kind: matter.Separator, fix: "write a blank or a common line break"}.Check(p)
	if m.Root == nil {
		return
	}
	raw := m.Raw.Of(m.Text)
	for _, s := range separatorNames {
		if !bytes.Contains(raw, []byte(s.char)) {
			continue
		}
		inside := scalarsWith(m, []byte(s.char))
		for at := 0; ; {
			i := bytes.Index(raw[at:], []byte(s.char))
			if i < 0 {
				break
			}
			start := m.Raw.Start + at + i
			at += i + len(s.char)
			p.ReportFix(pipeline.Span{Start: start, End: start + len(s.char)}, s.name+" ends a line here for some parsers and not for others",
				replaceSeparator(m, pipeline.Span{Start: start, End: start + len(s.char)}, inside))
		}
	}
}

// replaceSeparator is the fix that writes a blank for the character in a value, and a line break between values.
func replaceSeparator(m *matter.Matter, s pipeline.Span, inside []scalar) pipeline.Fix {
	i := slices.IndexFunc(inside, func(v scalar) bool { return v.span.Start < s.Start && s.End < v.span.End })
	if i < 0 {
		return pipeline.Fix{Title: "write a common line break", Edits: []pipeline.Edit{{Start: s.Start, End: s.End, Text: "\n"}}}
	}
	edit := pipeline.Edit{Start: s.Start, End: s.End, Text: " "}
	if strings.IndexByte(" \t\r\n", m.Text[s.Start-1]) >= 0 || strings.IndexByte(" \t\r\n", m.Text[s.End]) >= 0 {
		edit.Text = ""
	}
	return pipeline.Fix{Title: "write a blank", Keys: []string{inside[i].pointer}, Edits: []pipeline.Edit{edit}}
}
