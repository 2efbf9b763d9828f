package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var nonPortableYAML = lint.Rule{
	Code: "FM024", Name: "non-portable-yaml", Group: frontMatter, Severity: pipeline.Warning,
	Presets: []string{"web"},
	Doc: `The front matter uses a part of YAML that many readers of it lack.

Anchors, aliases, merge keys and tags are read by full parsers only, tags by those alone that know them;
others take them for text or refuse the file. Programs that limit aliases against abuse do so, too.`,
	Bad:  "---\ntitle: &t Rain\ndescription: *t\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndescription: Rain\n---\nIt rained.\n",
	New:  func() lint.Checker { return nonPortable{} },
}

type nonPortable struct{}

func (nonPortable) Check(p *lint.Pass) {
	m := p.Matter()
	if m.Format == matter.YAML {
		checkPortable(p, m.Root)
	}
}

// checkPortable looks at a value and at all that stands in it in the source: not at what aliases stand for.
func checkPortable(p *lint.Pass, n *matter.Node) {
	if n == nil {
		return
	}
	switch {
	case n.Kind == matter.Alias:
		p.Report(n.Span, "the alias *%.40s is known to full parsers of YAML only", n.Value)
	case n.Anchor != "":
		p.Report(n.Span, "the anchor &%.40s is known to full parsers of YAML only", n.Anchor)
	case n.Tag != "":
		p.Report(n.Span, "the tag %.40s is known to some parsers of YAML only", n.Tag)
	}
	for i := range n.Entries {
		if n.Entries[i].Key == "<<" {
			p.Report(n.Entries[i].KeySpan, "the merge key << is known to parsers of YAML 1.1 only")
		}
		checkPortable(p, n.Entries[i].Value)
	}
	for _, item := range n.Items {
		checkPortable(p, item)
	}
}
