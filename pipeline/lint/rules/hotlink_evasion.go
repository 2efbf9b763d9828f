package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var hotlinkEvasion = lint.Rule{
	Code: "SE008", Name: "hotlink-evasion", Group: security, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "safe",
	Doc: `A picture is fetched without saying which page shows it.

Scrapers set referrerpolicy="no-referrer" where a host refuses pictures to other sites. Such pictures vanish
from one day to the next: keep a copy. The fix takes the attribute away.`,
	Bad:  "<p><img src=\"https://example.com/rain.png\" alt=\"rain\" referrerpolicy=\"no-referrer\"></p>\n",
	Good: "<p><img src=\"https://example.com/rain.png\" alt=\"rain\"></p>\n",
	New:  func() lint.Checker { return hidden{} },
}

type hidden struct{}

func (hidden) Check(p *lint.Pass) {
	if isMDX(p) {
		return
	}
	all := p.Elements()
	for i := range all {
		e := &all[i]
		if e.Name != "img" || markup.IsComponent(p.Text(), e) {
			continue
		}
		policy, ok := e.Attr("referrerpolicy")
		src, there := e.Attr("src")
		if !ok || !there || !strings.EqualFold(policy.Value, "no-referrer") {
			continue
		}
		if host, remote := markup.RemoteHost(strings.TrimSpace(src.Value)); remote {
			p.ReportFix(policy.NameSpan, "the picture hides from "+host+" which page shows it", pipeline.Fix{
				Title: "remove the attribute", Edits: markup.DropAttribute(p.Text(), e, policy.Name),
			})
		}
	}
}
