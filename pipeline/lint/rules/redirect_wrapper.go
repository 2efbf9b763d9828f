package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/repair"
)

var redirectWrapper = lint.Rule{
	Code: "LK006", Name: "redirect-wrapper", Group: links, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "unsafe",
	Doc: `A link leads to a page that does nothing but lead on.

Sites send their readers through link.example.com/?target=… to count them or to warn them. When that page goes, all such
links are dead, though their targets may be alive. The address says where it leads: link there.`,
	Bad:  "[rain](https://link.juejin.cn/?target=https%3A%2F%2Fexample.com%2Frain)\n",
	Good: "[rain](https://example.com/rain)\n",
	New:  func() lint.Checker { return redirects{} },
}

type redirects struct{}

func (redirects) Check(p *lint.Pass) {
	reportRepairs(p, repair.Redirects(p.Body()), pipeline.Unsafe)
}
