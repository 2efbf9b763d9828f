package rules

import (
	"path"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var brokenRelativeLink = lint.Rule{
	Code: "LK001", Name: "broken-relative-link", Group: links, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A relative link leads nowhere.

A link is broken when neither the file it names is there nor an article that would be served under that
address: ./wind finds wind.md, wind/index.md and wind.html, wind.html finds wind.md.
Addresses count from the article's folder and from the folder that its page is served as.`,
	Bad:  "See [wind](wind.md).\n",
	Good: "See [wind](https://example.com/wind).\n",
	New:  func() lint.Checker { return brokenLink{} },
}

type brokenLink struct{}

func (brokenLink) Check(p *lint.Pass) {
	for _, l := range p.Links() {
		if local, ok := localPath(l.URL); ok {
			if message := missing(p, "file or article", local, served(local)...); message != "" {
				p.Report(l.URLSpan, "%s", message)
			}
		}
	}
}

// served lists the files that an address may be served from.
func served(local string) []string {
	out := []string{local}
	stem := strings.TrimSuffix(local, "/")
	if ext := strings.ToLower(path.Ext(local)); ext == ".html" || ext == ".htm" {
		stem = strings.TrimSuffix(local, path.Ext(local))
		stem = strings.TrimSuffix(stem, "/index")
	} else if ext == ".md" || ext == ".markdown" || ext == ".mdx" {
		return out
	}
	for _, ext := range []string{".md", ".mdx", ".markdown", ".html", ".htm", ".txt"} {
		out = append(out, stem+ext, path.Join(stem, "index"+ext), path.Join(stem, "_index"+ext))
	}
	return append(out, path.Join(stem, "README.md"))
}
