package repair

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var dropPixels = Repair{
	Name: "drop-pixels", Code: "SE009", Rule: "tracking-pixel",
	Before: "<p>It rained.<img src=\"https://example.com/count.gif?id=1\" width=\"1\" height=\"1\" alt=\"\"></p>\n",
	After:  "<p>It rained.</p>\n",
	on:     func(o *Options) bool { return o.DropPixels },
	find:   func(b *markup.Body, _ *Set) []Found { return Pixels(b, PixelHosts()) },
}

// PixelHosts are hosts, with a path where there is one, whose pictures only count readers.
func PixelHosts() []string {
	return []string{"pixel.wp.com", "stats.wordpress.com", "pixel.quantserve.com", "b.scorecardresearch.com",
		"www.google-analytics.com", "www.facebook.com/tr", "ad.doubleclick.net", "hm.baidu.com", "feeds.feedburner.com/~r"}
}

// Pixels finds pictures that are there to be fetched, not to be seen.
func Pixels(b *markup.Body, hosts []string) (out []Found) {
	for _, m := range b.Images {
		host, remote := markup.RemoteHost(m.URL)
		if !remote || m.Attr != "" && m.Attr != "src" {
			continue
		}
		why := ""
		if m.Element >= 0 {
			e := &b.Elements[m.Element]
			if e.Name != "img" || markup.IsComponent(b.Text, e) {
				continue
			}
			why = unseen(e)
		}
		if why == "" && counts(hosts, m.URL) {
			why = "from a host that counts readers"
		}
		if why != "" {
			out = append(out, Found{Span: m.Span, Message: "this picture " + why + " tells " + host + " who reads the article",
				Title: "remove the picture", Edits: []pipeline.Edit{cut(b, m.Span)}})
		}
	}
	return out
}

// counts tells whether an address is one of those that only count readers.
func counts(hosts []string, url string) bool {
	_, rest, _ := strings.Cut(strings.ToLower(url), "//")
	for _, h := range hosts {
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
