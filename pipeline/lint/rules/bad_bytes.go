package rules

import (
	"bytes"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var badBytes = lint.Rule{
	Code: "FM026", Name: "bad-bytes", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `The front matter holds a character that no text has.

Control characters come from terminals and broken copies, and YAML and TOML refuse them. U+FFFD stands
where a program could not decode what was there: the text is lost, and has to be fetched anew,
often in the encoding GB18030 or Windows-1252.`,
	Bad:  "---\ntitle: The rain\a\n---\nIt rained.\n",
	Good: "---\ntitle: The rain\n---\nIt rained.\n",
	New:  func() lint.Checker { return badCharacters{} },
}

type badCharacters struct{}

const replacement = "\uFFFD"

func (badCharacters) Check(p *lint.Pass) {
	matterFault{kind: matter.BadByte}.Check(p)
	m := p.Matter()
	raw := m.Raw.Of(m.Text)
	for at := bytes.Index(raw, []byte(replacement)); at >= 0; {
		n := len(replacement)
		for bytes.HasPrefix(raw[at+n:], []byte(replacement)) {
			n += len(replacement)
		}
		start := m.Raw.Start + at
		p.Report(pipeline.Span{Start: start, End: start + n}, "%s could not be decoded when the text was made; look for the text in its first encoding",
			plural(n/len(replacement), "character"))
		next := bytes.Index(raw[at+n:], []byte(replacement))
		if next < 0 {
			return
		}
		at += n + next
	}
}
