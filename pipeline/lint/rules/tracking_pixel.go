package rules

import (
	"path"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var trackingPixel = lint.Rule{
	Code: "SE009", Name: "tracking-pixel", Group: security, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"}, Fix: "unsafe",
	Doc: `A picture is there to be fetched, not to be seen.

A remote picture of one pixel, or a hidden one, tells its host who reads the article, when and where. Feeds and
newsletters are full of them, and they come along when an article is copied. The fix takes the picture away.`,
	Bad:  "<p>It rained.<img src=\"https://example.com/count.gif?id=1\" width=\"1\" height=\"1\" alt=\"\"></p>\n",
	Good: "<p>It rained.</p>\n",
	New: func() lint.Checker {
		return &pixel{Hosts: []string{"pixel.wp.com", "stats.wordpress.com", "pixel.quantserve.com", "b.scorecardresearch.com",
			"www.google-analytics.com", "www.facebook.com/tr", "ad.doubleclick.net", "hm.baidu.com", "feeds.feedburner.com/~r"}}
	},
}

type pixel struct {
	Hosts []string `option:"hosts" help:"hosts, with a path where there is one, whose pictures only count readers"`
}

func (c *pixel) Check(p *lint.Pass) {
	if strings.EqualFold(path.Ext(p.Path()), ".mdx") {
		return
	}
	for _, m := range p.Images() {
		host, remote := remoteHost(m.URL)
		if !remote || m.Attr != "" && m.Attr != "src" {
			continue
		}
		why := ""
		if m.Element >= 0 {
			e := &p.Elements()[m.Element]
			if e.Name != "img" || isComponent(p.Text(), e) {
				continue
			}
			why = unseen(e)
		}
		if why == "" && c.counts(m.URL) {
			why = "from a host that counts readers"
		}
		if why != "" {
			p.ReportFix(m.Span, "this picture "+why+" tells "+host+" who reads the article", pipeline.Fix{
				Title: "remove the picture", Safety: pipeline.Unsafe, Edits: []pipeline.Edit{{Start: m.Span.Start, End: m.Span.End}},
			})
		}
	}
}

// counts tells whether an address is one of those that only count readers.
func (c *pixel) counts(url string) bool {
	_, rest, _ := strings.Cut(strings.ToLower(url), "//")
	for _, h := range c.Hosts {
		if after, ok := strings.CutPrefix(rest, strings.ToLower(h)); ok && (after == "" || strings.IndexByte("/?#:", after[0]) >= 0) {
			return true
		}
	}
	return false
}

// unseen says how a picture is kept from being seen, "" when it is not.
func unseen(e *markup.Element) string {
	tiny := func(name string) bool {
		a, ok := e.Attr(name)
		v := ""
		if ok {
			v = strings.TrimSuffix(strings.TrimSpace(a.Value), "px")
		}
		return v == "0" || v == "1"
	}
	if tiny("width") && tiny("height") {
		return "of one pixel"
	}
	if style, ok := e.Attr("style"); ok {
		set := map[string]string{}
		for part := range strings.SplitSeq(strings.ToLower(style.Value), ";") {
			property, value, _ := strings.Cut(part, ":")
			set[strings.TrimSpace(property)] = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		}
		one := func(v string) bool { return v == "0" || v == "1px" || v == "0px" }
		if one(set["width"]) && one(set["height"]) {
			return "of one pixel"
		}
		if set["display"] == "none" || set["visibility"] == "hidden" {
			return "that is hidden"
		}
	}
	return ""
}
