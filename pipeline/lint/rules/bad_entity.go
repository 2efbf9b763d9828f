package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/repair"
)

var badEntity = lint.Rule{
	Code: "HT018", Name: "bad-entity", Group: htmlGroup, Severity: pipeline.Warning,
	Presets: []string{"archive"}, Fix: "unsafe",
	Doc: `A brace in code is written as &#123; or &#125;.

Programs that build sites from templates write braces so. Where the code is copied from the source, or converted, readers get
the reference in place of the brace; where it was written twice over, as &amp;#123;, they see it. What a template language
would read, as {{ and {%, stays a reference, written once.`,
	Bad:  "<pre><code>func main() &#123; &#125;</code></pre>\n",
	Good: "<pre><code>func main() { }</code></pre>\n",
	New:  func() lint.Checker { return braces{} },
}

type braces struct{}

func (braces) Check(p *lint.Pass) { reportRepairs(p, repair.Braces(p.Body()), pipeline.Unsafe) }
