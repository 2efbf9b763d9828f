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

Readers see a broken picture. Paths count from the article's folder, from the folder that its page is served as,
and from the same places in the folders static, public, assets and source, and in the main language of the site.
Those that begin with a slash count from the root of the site, which is not known here.
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
	var at *place
	check := func(url string, span pipeline.Span) {
		local, ok := localPath(url)
		if !ok || !absent(p, local) {
			return
		}
		if at == nil {
			at = placeOf(p)
		}
		if at.lacksPicture(local) {
			p.Report(span, "%s", at.message("picture", local))
		}
	}
	for _, m := range p.Images() {
		check(m.URL, m.URLSpan)
	}
	eachValue(p.Matter(), c.Keys, func(n *matter.Node) {
		if strings.HasPrefix(n.Value, ".") {
			check(n.Value, n.Span)
		}
	})
}
