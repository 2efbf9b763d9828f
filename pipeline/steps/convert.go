package steps

import (
	"context"
	"fmt"
	"path"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markdown"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/sanitize"
)

var convertSpec = pipeline.Spec{
	Name: "convert",
	Doc: `convert articles between Markdown, HTML and JSON

The front matter is kept to the byte, and so is a body that is in the wanted format already.
"json" writes one JSON article a document, "source" each article's own bytes again.
Active content (scripts, event handlers, javascript: and data: URLs) is carried as it is and
reported; the step sanitize removes it.`,
	New: func() pipeline.Step { return &Convert{Policy: sanitize.Default} },
}

// Convert changes the format of bodies, or the form in which an article is written.
type Convert struct {
	To     string `option:"to" help:"the format to write: markdown, html, json or source" values:"markdown,html,json,source"`
	Policy string `option:"policy" help:"the sanitizer's policy by which active content is told"`

	policies *sanitize.Set
	policy   *sanitize.Policy
}

// UsePolicies gives the step the policies that a config defines.
func (c *Convert) UsePolicies(all *sanitize.Set) { c.policies = all }

// Name is the step's name.
func (c *Convert) Name() string { return convertSpec.Name }

// Prepare checks that there is something to convert to.
func (c *Convert) Prepare() (err error) {
	if c.To == "" {
		return fmt.Errorf("option to is missing; it is one of markdown, html, json, source")
	}
	c.policy, err = c.policies.Named(c.Policy)
	return err
}

// Apply converts the body.
func (c *Convert) Apply(_ context.Context, d *pipeline.Document) error {
	switch c.To {
	case "json":
		d.Form = pipeline.AsArticle
		return nil
	case "source":
		d.Form = pipeline.AsFile
		return nil
	}
	if err := needBody(d); err != nil {
		return err
	}
	reportFaults(d)
	c.reportActive(d)
	d.Form = pipeline.AsFile
	if err := c.body(d); err != nil {
		return err
	}
	d.Path = withExtension(d.Path, pipeline.Format(c.To))
	return nil
}

// body rewrites the body where its format is another one than that wanted.
func (c *Convert) body(d *pipeline.Document) error {
	to := pipeline.Format(c.To)
	if d.BodyFormat() == to {
		return nil
	}
	span := d.Body()
	var out []byte
	var err error
	if to == pipeline.HTML {
		out, err = markup.Render(span.Of(d.Text))
	} else {
		var faithful bool
		out, faithful, err = markdown.Write(span.Of(d.Text))
		if err == nil && !faithful {
			d.Report(pipeline.Diagnostic{Span: pipeline.Span{Start: span.Start, End: span.Start}, Severity: pipeline.Warning, Code: "CV001",
				Rule: "conversion-loss", Message: "the Markdown does not read back as the HTML: compare the two"})
		}
	}
	if err != nil {
		return err
	}
	text := string(out)
	if span.Start > 0 && text != "" && !strings.HasPrefix(text, "\n") {
		text = "\n" + text // A blank line between the front matter and the body, as people write it.
	}
	d.Format = to
	return d.Apply(pipeline.Edit{Start: span.Start, End: span.End, Text: text})
}

// active are the codes of what may run in a reader's browser.
var active = []string{"SE001", "SE002", "SE003", "SE004"}

// reportActive tells of active content, which a faithful conversion carries.
func (c *Convert) reportActive(d *pipeline.Document) {
	for _, r := range c.policy.Removed(d) {
		for _, code := range active {
			if r.Code == code {
				d.Report(pipeline.Diagnostic{Span: r.Span, Severity: pipeline.Warning, Code: r.Code, Rule: r.Rule,
					Message: fmt.Sprintf("carries %s; the step sanitize removes it", r)})
			}
		}
	}
}

// withExtension gives a path the extension of a format, unless it has one of that format's already.
func withExtension(name string, f pipeline.Format) string {
	old := path.Ext(name)
	kept, wanted := []string{".html", ".htm"}, ".html"
	if f == pipeline.Markdown {
		kept, wanted = []string{".md", ".markdown", ".mdx"}, ".md"
	}
	for _, ext := range kept {
		if strings.EqualFold(old, ext) {
			return name
		}
	}
	return strings.TrimSuffix(name, old) + wanted
}
