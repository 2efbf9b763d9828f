package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/repair"
)

var trackingPixel = lint.Rule{
	Code: "SE009", Name: "tracking-pixel", Group: security, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"}, Fix: "unsafe",
	Doc: `A picture is there to be fetched, not to be seen.

A remote picture of one pixel, or a hidden one, tells its host who reads the article, when and where. Feeds and
newsletters are full of them, and they come along when an article is copied. The fix takes the picture away.`,
	Bad:  "<p>It rained.<img src=\"https://example.com/count.gif?id=1\" width=\"1\" height=\"1\" alt=\"\"></p>\n",
	Good: "<p>It rained.</p>\n",
	New:  func() lint.Checker { return &pixel{Hosts: repair.PixelHosts()} },
}

type pixel struct {
	Hosts []string `option:"hosts" help:"hosts, with a path where there is one, whose pictures only count readers"`
}

func (c *pixel) Check(p *lint.Pass) {
	if isMDX(p) {
		return
	}
	reportRepairs(p, repair.Pixels(p.Body(), c.Hosts), pipeline.Unsafe)
}
