package steps

import (
	"bytes"
	"fmt"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/page"
	"copydesk/pipeline/report"
	"copydesk/pipeline/sanitize"
)

// page makes the document a whole page.
func (c *Convert) page(d *pipeline.Document) error {
	if !c.Edits() {
		reportFaults(d)
	}
	p := page.Of(d, c.Lang)
	c.reportLost(d, p)
	body, err := c.shown(d, p.Title == "")
	if err != nil {
		return err
	}
	p.Show(body)
	var out bytes.Buffer
	if err := c.template.Render(&out, p); err != nil {
		return fmt.Errorf("fill in the template: %w", err)
	}
	d.Format = pipeline.HTML
	return d.Apply(pipeline.Edit{Start: 0, End: len(d.Text), Text: out.String()})
}

// shown is the body as a page shows it: through the gate of the sanitizer, unless it is trusted. entitled
// tells whether a title element in the body becomes the title of the page.
func (c *Convert) shown(d *pipeline.Document, entitled bool) (sanitize.HTML, error) {
	done := "removed"
	if c.Trusted {
		done = "carries"
		c.reportActive(d)
	} else if _, _, err := clean(d, c.policy, func(r sanitize.Removal) bool { return !isFrame(r.What, entitled) }); err != nil {
		return sanitize.HTML{}, err
	}
	body := bytes.TrimSpace(d.Body().Of(d.Text))
	gate := c.policy.HTML
	if d.BodyFormat() == pipeline.Markdown {
		shown, err := c.render(d)
		if err != nil {
			return sanitize.HTML{}, err
		}
		c.reportRevealed(d, shown, done)
		body, gate = bytes.TrimSpace(shown), c.policy.Rendered
	}
	if c.Trusted {
		return sanitize.Trust(string(body)), nil
	}
	return gate(body)
}

// isFrame tells whether what a sanitizer removes is of a page around a body, which the new page is in place of.
func isFrame(what string, entitled bool) bool {
	switch what {
	case "doctype", "element html", "element head", "element body":
		return true
	case "element title":
		return entitled
	}
	return false
}

// maxTold is how many keys are named in one message.
const maxTold = 20

// reportLost tells what of the front matter the built-in template does not show.
func (c *Convert) reportLost(d *pipeline.Document, p *page.Page) {
	var keys []string
	for _, l := range p.Lost() {
		if l.What != "" {
			d.Report(pipeline.Diagnostic{Span: l.Span, Severity: pipeline.Warning, Code: "CV001", Rule: "conversion-loss",
				Message: fmt.Sprintf("the page goes without the %s: %s is not %s", l.What, report.Quote(l.Key), l.Wants)})
		} else {
			keys = append(keys, report.Quote(l.Key))
		}
	}
	if c.Template != "" || len(keys) == 0 {
		return
	}
	noun, more := "key", ""
	if len(keys) > 1 {
		noun = "keys"
	}
	if n := len(keys) - maxTold; n > 0 {
		keys, more = keys[:maxTold], fmt.Sprintf(" and %d more", n)
	}
	d.Report(pipeline.Diagnostic{Span: matter.Of(d).Fence, Severity: pipeline.Info, Code: "CV001", Rule: "conversion-loss",
		Message: fmt.Sprintf("the page has no place for the %s %s%s; a template of your own can show them", noun, strings.Join(keys, ", "), more)})
}
