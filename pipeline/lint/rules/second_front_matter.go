package rules

import (
	"bytes"
	"slices"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var secondFrontMatter = lint.Rule{
	Code: "FM018", Name: "second-front-matter", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "hint",
	Doc: `A second front matter follows the first.

Programs read the first one only, so the keys of the second are text of the article. It comes about
where a program that could not read the first put its own before it.`,
	Bad:  "---\ntitle: Rain\n---\n---\ntitle: The rain\ndate: 2022-07-22\n---\nIt rained.\n",
	Good: "---\ntitle: The rain\ndate: 2022-07-22\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &second{Keys: []string{"title", "date", "author", "categories", "tags", "layout", "draft", "description", "slug", "permalink"}}
	},
}

type second struct {
	Keys []string `option:"keys" help:"keys by which front matter is known; those of the first are, too"`
}

func (c *second) Check(p *lint.Pass) {
	m := p.Matter()
	matterFault{kind: matter.SecondMatter}.Check(p)
	body := m.Body.Of(m.Text)
	start := bytes.TrimLeft(body, " \t\r\n")
	if m.Format == matter.None || !bytes.HasPrefix(start, []byte("---")) && !bytes.HasPrefix(start, []byte("+++")) {
		return
	}
	start = start[:min(len(start), maxSecond)]
	other := matter.Read(start)
	root := other.Root.Resolve()
	if root == nil || !slices.ContainsFunc(root.Entries, func(e matter.Entry) bool {
		return hasFold(c.Keys, e.Key) || m.Root.Entry(e.Key) != nil
	}) {
		return
	}
	at := len(m.Text) - len(bytes.TrimLeft(body, " \t\r\n"))
	span := pipeline.Span{Start: at + other.Fence.Start, End: at + other.Fence.End}
	p.ReportFix(span, "a second front matter begins here, which is text of the article to most tools", pipeline.Fix{
		Title: "remove it", Safety: pipeline.Hint,
		Edits: []pipeline.Edit{{Start: at + other.Fence.Start, End: at + other.Body.Start}},
	})
}

// maxSecond is how many bytes of the body a second front matter is looked for in.
const maxSecond = 64 << 10
