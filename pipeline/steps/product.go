package steps

import (
	"fmt"
	"net/url"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/plain"
)

// makes tells whether the step makes something of articles that has no way back to them.
func (c *Convert) makes() bool {
	switch c.To {
	case "text", "mdast", "jsonld", "jsonfeed":
		return true
	}
	return false
}

// validateProduct checks the options of what has no way back.
func (c *Convert) validateProduct() error {
	if c.Site != "" {
		if u, err := url.Parse(c.Site); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return fmt.Errorf("option site is %q, not an address such as https://example.org/blog", c.Site)
		}
	}
	to := c.To
	if to == "" {
		to = "front matter alone"
	}
	switch {
	case c.To == "jsonfeed" && c.FeedTitle == "":
		return fmt.Errorf("option feed-title is missing; a JSON Feed has a title")
	case c.To != "jsonfeed" && c.FeedTitle != "":
		return fmt.Errorf("option feed-title is for jsonfeed, not for %s", to)
	case c.To != "jsonfeed" && c.To != "jsonld" && c.Site != "":
		return fmt.Errorf("option site is for jsonfeed and jsonld, not for %s", to)
	case c.To != "json" && c.Tree:
		return fmt.Errorf("option tree is for json, not for %s; the tree alone is mdast", to)
	}
	return nil
}

// Feed is the beginning of the JSON Feed that the step makes items of; nil where it makes something else.
func (c *Convert) Feed() []byte {
	if c.To != "jsonfeed" {
		return nil
	}
	return article.AppendFeedHead(nil, c.FeedTitle, c.Site)
}

// Makes names what the step makes of articles that has no way back to them; empty where there is one.
func (c *Convert) Makes() string {
	if c.makes() {
		return c.To
	}
	return ""
}

// product makes what is written in the document's place.
func (c *Convert) product(d *pipeline.Document) (p pipeline.Product, err error) {
	p = pipeline.Product{Extension: ".json", JSON: true}
	if c.To == "jsonld" || c.To == "jsonfeed" {
		reportUnread(d, "nothing of the front matter is told")
	}
	switch c.To {
	case "text":
		p = pipeline.Product{Extension: ".txt"}
		p.Data, err = plain.Of(d)
		if p.Data == nil {
			p.Data = []byte{}
		}
	case "mdast":
		p.Data, err = article.AppendMdast(nil, d)
	case "jsonld":
		var text []byte
		if text, err = plain.Of(d); err == nil {
			p.Data = article.AppendLinkedData(nil, d, article.Published{Site: c.Site, Text: string(text)})
		}
	case "jsonfeed":
		p.Data, err = c.feedItem(d)
	}
	return p, err
}

// feedItem makes an item of a feed, with the body as the policy lets it be published.
func (c *Convert) feedItem(d *pipeline.Document) ([]byte, error) {
	body := d.Body().Of(d.Text)
	if d.BodyFormat() == pipeline.Markdown {
		var err error
		if body, err = markup.Render(body); err != nil {
			return nil, err
		}
	}
	safe, err := c.policy.HTML(body)
	if err != nil {
		return nil, err
	}
	return article.AppendFeedItem(nil, d, article.Published{Site: c.Site, HTML: safe.String()}), nil
}
