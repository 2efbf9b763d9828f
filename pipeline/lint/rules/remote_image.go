package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

var remoteImage = lint.Rule{
	Code: "IM001", Name: "remote-image", Group: images, Severity: pipeline.Info,
	Presets: []string{"archive"},
	Doc: `A picture is fetched from another host.

An archive lasts as long as what it holds itself: hosts move, forbid being linked to and shut down,
and until then they see who reads the article.`,
	Bad:  "![rain](https://example.com/rain.png)\n",
	Good: "It rained.\n",
	New: func() lint.Checker {
		return &remote{Keys: []string{"image", "images", "thumbnail", "headimg", "cover", "banner", "hero"}}
	},
}

type remote struct {
	Keys []string `option:"keys" help:"front matter keys that name pictures"`
}

func (c *remote) Check(p *lint.Pass) {
	for _, m := range p.Images() {
		c.check(p, m.URL, m.URLSpan)
	}
	eachValue(p.Matter(), c.Keys, func(n *matter.Node) { c.check(p, n.Value, n.Span) })
}

func (c *remote) check(p *lint.Pass, url string, at pipeline.Span) {
	if host, ok := markup.RemoteHost(url); ok {
		p.Report(at, "the picture is on %s", host)
	}
}
