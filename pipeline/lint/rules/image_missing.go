package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var imageMissing = lint.Rule{
	Code: "IM002", Name: "image-missing", Group: images, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A local picture is not there.

Readers see a broken picture. Paths count from the article's folder, and from the folder that its page
is served as; those that begin with a slash count from the root of the site, which is not known here.
In front matter only paths that begin with a dot are looked up.`,
	Bad:  "![rain](rain.png)\n",
	Good: "![rain](https://example.com/rain.png)\n",
	New: func() lint.Checker {
		return &absentImage{Keys: []string{"image", "images", "thumbnail", "headimg", "cover", "banner", "hero"}}
	},
}

type absentImage struct {
	Keys []string `option:"keys" help:"front matter keys that name pictures"`
}

func (c *absentImage) Check(p *lint.Pass) {
	for _, m := range p.Images() {
		checkImage(p, m.URL, m.URLSpan)
	}
	eachValue(p.Matter(), c.Keys, func(n *matter.Node) {
		if strings.HasPrefix(n.Value, ".") {
			checkImage(p, n.Value, n.Span)
		}
	})
}

func checkImage(p *lint.Pass, url string, at pipeline.Span) {
	if local, ok := localPath(url); ok {
		if message := missing(p, "picture", local, local); message != "" {
			p.Report(at, "%s", message)
		}
	}
}
