package steps

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/page"
	"copydesk/pipeline/sanitize"
)

var convertSpec = pipeline.Spec{
	Name: "convert",
	Doc: `convert articles between Markdown, HTML and JSON, or to text, syntax trees and feeds

The front matter is kept to the byte, and so is a body that is in the wanted format already.
"json" writes one JSON article a document, with the syntax tree of its body if asked for with tree, and
"source" each article's own bytes again. From these there is no way back: "text" is the body as a reader sees
it, "mdast" its syntax tree alone, "jsonld" an Article of schema.org, and "jsonfeed" one JSON Feed of
all articles, whose bodies are held to the policy.
With front-matter, the front matter gets another syntax: keys stay in their order, comments beside
them, dates are dates and numbers spelled as they were; what can't be kept is reported (CV001), and
what was written is read again and compared. Keys are renamed, and dates written as RFC 3339 has them,
by edits of just these bytes; what is left as it was is reported (CV002, CV003). With extract-meta,
what the head of an HTML page says becomes front matter, and the content of its body the body.
Active content (scripts, event handlers, javascript: and data: URLs) is carried as it is and
reported; the step sanitize removes it. A whole page (standalone) is sanitized, and its removals
are reported, unless it is trusted. What the front matter says of the article is in its head: title,
language, description, authors, dates, tags, picture, address; a template of your own can take the rest.
What HTML says and Markdown has no place for is reported as CV001, with its line. How much of it stays as HTML
in the Markdown is set by html, attrs, tables and cjk: from nothing (html never) to all (html keep, attrs keep).

Where several articles are converted, links from one to another follow it to its new extension. Into a folder or
an archive, the local pictures and other files that articles name are copied, from inside the folder that was named.`,
	New: func() pipeline.Step {
		return &Convert{FrontMatter: "keep", Policy: sanitize.Default, CopyFiles: true, HTML: "needed", Tables: "gfm", Math: string(markup.Dollars), CJK: "tags"}
	},
}

// Convert changes the format of bodies, the syntax of front matter, or the form in which an article is written.
type Convert struct {
	To             string   `option:"to" help:"the format to write: markdown, html, json, source, text, mdast, jsonld or jsonfeed; the body stays without it" values:"markdown,html,json,source,text,mdast,jsonld,jsonfeed"`
	FrontMatter    string   `option:"front-matter" help:"keep it, write it as yaml, toml or json, or none: take it away" values:"keep,yaml,toml,json,none"`
	Rename         []string `option:"rename" pairs:"true" help:"give keys of the front matter other names: old=new"`
	NormalizeDates bool     `option:"normalize-dates" help:"write the dates of the front matter as RFC 3339 has them"`
	TZ             string   `option:"tz" help:"the zone of dates that name none: Asia/Shanghai, UTC or +08:00"`
	ExtractMeta    bool     `option:"extract-meta" help:"make front matter of what the head of an HTML page says"`
	Policy         string   `option:"policy" help:"the sanitizer's policy by which active content is told, and pages are sanitized"`
	Math           string   `option:"math" values:"dollars,tex,off" help:"which formulas to leave alone (from Markdown to HTML): dollars for $…$ and $$…$$, tex for \\(…\\) and \\[…\\], too, or off"`
	Typographer    bool     `option:"typographer" help:"write typographic quotes, dashes and ellipses (from Markdown to HTML)"`

	Standalone bool   `option:"standalone" help:"write whole pages, with the front matter as their meta data (to HTML)"`
	Template   string `option:"template" path:"inside" help:"the html/template of the pages, in place of the built-in one"`
	Lang       string `option:"lang" help:"the language of pages whose articles name none, such as en or zh-TW"`
	Trusted    bool   `option:"trusted" flag:"only" help:"do not sanitize the pages"`

	Tree      bool   `option:"tree" help:"put the syntax tree of the body into each JSON article"`
	Site      string `option:"site" help:"the site's address, below which the articles of jsonld and jsonfeed are"`
	FeedTitle string `option:"feed-title" help:"the title of a jsonfeed"`

	HTML      string `option:"html" help:"what stays HTML in Markdown: never anything; needed, what that can't say otherwise; or keep, also what it would lose something of" values:"never,needed,keep"`
	Attrs     string `option:"attrs" help:"for which attributes an element stays HTML in Markdown: drop, none; semantic, those that say something, such as lang, title and datetime; or keep, all (drop; with html keep, semantic)" values:"drop,semantic,keep"`
	CJK       string `option:"cjk" help:"emphasis between punctuation and a Chinese, Japanese or Korean character, where CommonMark reads no **: tags in Markdown; or friendly, ** in Markdown, and read as such" values:"tags,friendly"`
	Tables    string `option:"tables" help:"how Markdown has tables: gfm, where that can say the same, or html" values:"gfm,html"`
	Wrap      int    `option:"wrap" help:"the column after which lines of text in Markdown are broken; 0, none is"`
	CopyFiles bool   `option:"copy-files" help:"carry the local pictures and other files that articles name, with -o, and SVG files without script where a page goes through the sanitizer; --copy-files=false leaves them"`

	policies *sanitize.Set
	policy   *sanitize.Policy
	names    []matter.Renaming
	zone     *time.Location // nil where none is given
	batch    mirror
	lossy    atomic.Int64
	template *page.Template
	renderer *markup.Renderer
}

// UsePolicies gives the step the policies that a config defines.
func (c *Convert) UsePolicies(all *sanitize.Set) { c.policies = all }

// Name is the step's name.
func (c *Convert) Name() string { return convertSpec.Name }

// Edits tells whether the step changes front matter.
func (c *Convert) Edits() bool {
	return c.FrontMatter != "" && c.FrontMatter != "keep" || len(c.Rename) > 0 || c.NormalizeDates || c.ExtractMeta
}

// Prepare checks that there is something to convert to, and reads the template.
func (c *Convert) Prepare() (err error) {
	if err := c.Validate(); err != nil {
		return err
	}
	c.renderer = markup.NewRenderer(c.rendering())
	if c.Standalone {
		c.template = page.BuiltIn()
		if c.Template != "" {
			if c.template, err = page.Open(c.Template); err != nil {
				return err
			}
		}
	}
	return err
}

// Apply converts the front matter, then the body.
func (c *Convert) Apply(_ context.Context, d *pipeline.Document) error {
	defer c.count(d)
	if c.zone != nil {
		d.Zone = c.zone
	}
	if c.Edits() {
		if err := needBody(d); err != nil {
			return err
		}
		if err := c.frontMatter(d); err != nil {
			return err
		}
	}
	switch c.To {
	case "":
		return nil
	case "json":
		if !c.Edits() && !matter.EnvelopeOf(d).Lost {
			reportFaults(d) // It has no data then.
		}
		d.Form = pipeline.AsArticle
		return c.tree(d)
	case "source":
		d.Form = pipeline.AsFile
		return nil
	}
	if err := needBody(d); err != nil {
		return err
	}
	reportLimit(d, markup.Of(d))
	if c.makes() {
		made, err := c.product(d)
		if err == nil {
			d.Form, d.Product = pipeline.AsProduct, made
		}
		return err
	}
	if !c.Standalone {
		c.reportActive(d)
	}
	if err := c.mirror(d); err != nil {
		return err
	}
	d.Form = pipeline.AsFile
	convert := c.body
	if c.Standalone {
		convert = c.page
	}
	if err := convert(d); err != nil {
		return err
	}
	d.Path = withExtension(d.Path, pipeline.Format(c.To))
	return nil
}

// tree asks for the tree in the JSON article, where the body can be read; else it says why not.
func (c *Convert) tree(d *pipeline.Document) error {
	if !c.Tree {
		return nil
	}
	d.Tree = true
	_, err := markup.Nodes(d)
	if over := (*markup.LimitError)(nil); errors.As(err, &over) {
		at := d.Body().Start + over.Offset
		d.Report(pipeline.Diagnostic{Span: pipeline.Span{Start: at, End: at}, Severity: pipeline.Warning,
			Code: "CD009", Rule: "limit-reached", Message: "the article has no tree: " + over.Error()})
		return nil
	}
	return err
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
		if out, err = c.render(d); err == nil {
			c.reportRevealed(d, out, "carries")
		}
	} else {
		out, err = c.markdown(d, span)
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

// render gives the HTML of a Markdown body as the options want it.
func (c *Convert) render(d *pipeline.Document) ([]byte, error) {
	if how := c.rendering(); how == (markup.Rendering{Math: markup.Dollars}) {
		return markup.Of(d).Render()
	}
	return c.renderer.Render(d.Body().Of(d.Text))
}

// rendering is what the options say of that.
func (c *Convert) rendering() markup.Rendering {
	return markup.Rendering{Math: markup.Math(c.Math), Typographic: c.Typographer, CJK: c.CJK == "friendly"}
}

// reportActive tells of active content, which a faithful conversion carries.
func (c *Convert) reportActive(d *pipeline.Document) {
	for _, r := range c.policy.Active(d) {
		if c.carries(d, r) {
			d.Report(pipeline.Diagnostic{Span: r.Span, Severity: pipeline.Warning, Code: r.Code, Rule: r.Rule,
				Message: fmt.Sprintf("carries %s; the step sanitize removes it", r)})
		}
	}
}

// reportRevealed tells of active content in the HTML of a Markdown body that is text, or a comment, to those who
// take other formulas for such: what is "removed" or "carried" by the result.
func (c *Convert) reportRevealed(d *pipeline.Document, shown []byte, done string) {
	if markup.Math(c.Math) == markup.Dollars {
		return
	}
	told := map[string]int{}
	for _, r := range c.policy.Active(d) {
		told[r.String()]++
	}
	rendered := pipeline.NewDocument(d.Path, d.Name, shown)
	rendered.Format = pipeline.HTML
	for _, r := range c.policy.Active(rendered) {
		if told[r.String()]--; told[r.String()] < 0 {
			d.Report(pipeline.Diagnostic{Span: d.Body(), Severity: pipeline.Warning, Code: r.Code, Rule: r.Rule,
				Message: fmt.Sprintf("%s %s, by math %s", done, r, c.Math)})
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
