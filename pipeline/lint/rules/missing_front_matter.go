package rules

import (
	"bytes"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"
)

var missingFrontMatter = lint.Rule{
	Code: "FM004", Name: "missing-front-matter", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "unsafe",
	Doc: `An article that must have front matter has none.

Only articles for which copydesk.yaml or --schema names a schema must, and those of files.articles in copydesk.yaml.
The fix begins the article with front matter that has the keys which the schema requires.`,
	Schema: "required: [title]\nproperties: {title: {type: string}}\n",
	Bad:    "It rained.\n",
	Good:   "---\ntitle: TODO\n---\nIt rained.\n",
	New:    func() lint.Checker { return noMatter{} },
}

type noMatter struct{}

func (noMatter) Check(p *lint.Pass) {
	m := p.Matter()
	if m.Format != matter.None {
		return
	}
	for _, f := range m.Faults {
		if f.Kind != matter.BOM && f.Kind != matter.MixedNewlines {
			return // There is some, which can't be told from the body.
		}
	}
	s, expected := p.Expected()
	if !expected {
		return
	}
	out := lint.Finding{Message: "there is no front matter, which this article must have"}
	if fix, ok := beginFix(m, s); ok {
		out.Fixes = []pipeline.Fix{fix}
	}
	p.Add(out)
}

// beginFix is the fix that begins an article with front matter.
func beginFix(m *matter.Matter, s *schema.Schema) (fix pipeline.Fix, ok bool) {
	br, bom := "\n", []byte("\uFEFF")
	if i := bytes.IndexByte(m.Text, '\n'); i > 0 && m.Text[i-1] == '\r' {
		br = "\r\n"
	}
	empty := pipeline.NewDocument("", "", []byte("---"+br+"---"+br))
	if pairs := s.Skeleton(); len(pairs) > 0 {
		edits, err := matter.Of(empty).Add("", pairs...)
		if err != nil || empty.Apply(edits...) != nil {
			return fix, false
		}
	}
	at := 0
	if bytes.HasPrefix(m.Text, bom) {
		at = len(bom)
	}
	return pipeline.Fix{
		Title: "begin with front matter", Safety: pipeline.Unsafe, Keys: []string{""},
		Edits: []pipeline.Edit{{Start: at, End: at, Text: string(empty.Text)}},
	}, true
}
