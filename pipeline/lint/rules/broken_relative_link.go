package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var brokenRelativeLink = lint.Rule{
	Code: "LK001", Name: "broken-relative-link", Group: links, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A relative link leads nowhere.

A link is broken when neither the file it names is there nor one that would be served under that
address: ./wind finds wind.md, wind/index.md, wind/README.md and wind.html, wind.html finds wind.md.
Addresses count from the article's folder, from the folder that its page is served as, and from the same
places in the folders static, public, assets and source, and in the main language of the site.
Where files don't tell what is served, nothing is said: of the addresses of pages, when the article is a dated post or
its front matter gives it another address; of lists of tags, archives and feeds; and in files that others include.`,
	Bad:  "See [wind](wind.md).\n",
	Good: "See [wind](https://example.com/wind).\n",
	New:  func() lint.Checker { return brokenLink{} },
}

type brokenLink struct{}

func (brokenLink) Check(p *lint.Pass) {
	var at *place
	for _, l := range p.Links() {
		local, ok := localPath(l.URL)
		if !ok || !absent(p, local) {
			continue
		}
		if at == nil {
			at = placeOf(p)
		}
		if !at.lacksPage(local) {
			continue
		}
		message := at.message("file or article", local)
		if isHost(local) {
			message += "; the address of another site begins with https://"
		}
		p.Report(l.URLSpan, "%s", message)
	}
}
