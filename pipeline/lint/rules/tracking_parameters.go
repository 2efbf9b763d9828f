package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/repair"
)

var trackingParameters = lint.Rule{
	Code: "LK004", Name: "tracking-parameters", Group: links, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "safe",
	Doc: `A link tells the site that it leads to where its reader came from.

Parameters such as utm_source, fbclid and gclid are there for campaigns, and make one address into many. The page is the
same without them.`,
	Bad:  "[rain](https://example.com/rain?id=7&utm_source=feed)\n",
	Good: "[rain](https://example.com/rain?id=7)\n",
	New:  func() lint.Checker { return tracked{} },
}

type tracked struct{}

func (tracked) Check(p *lint.Pass) { reportRepairs(p, repair.Tracked(p.Body()), pipeline.Safe) }
