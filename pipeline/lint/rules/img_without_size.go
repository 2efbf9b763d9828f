package rules

import (
	"strconv"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var imgWithoutSize = lint.Rule{
	Code: "HT008", Name: "img-without-size", Group: htmlGroup, Severity: pipeline.Info,
	Presets: []string{"web", "archive"}, Fix: "hint",
	Doc: `A picture does not say how large it is.

Without width and height a browser gives it no room before it is there: the text jumps while the page loads. Where the tag
has the size in another place, such as data-width or its style, the hint copies it.`,
	Bad:  "<p><img src=\"rain.png\" alt=\"rain\"></p>\n",
	Good: "<p><img src=\"rain.png\" alt=\"rain\" width=\"600\" height=\"400\"></p>\n",
	New:  func() lint.Checker { return sizeless{} },
}

type sizeless struct{}

func (sizeless) Check(p *lint.Pass) {
	if isMDX(p) {
		return
	}
	all := p.Elements()
	for i := range all {
		e := &all[i]
		_, width := e.Attr("width")
		_, height := e.Attr("height")
		if e.Name != "img" || width && height || markup.IsComponent(p.Text(), e) || markup.IsTemplate(p.Text(), e) {
			continue
		}
		what := "width and height"
		switch {
		case width:
			what = "height"
		case height:
			what = "width"
		}
		f := lint.Finding{Span: e.Span, Message: "the picture has no " + what}
		if w, h := sizeOf(e); !width && !height && w != "" {
			at := e.Span.Start + len("<img")
			f.Fixes = []pipeline.Fix{{Title: "set " + w + " x " + h, Safety: pipeline.Hint,
				Edits: []pipeline.Edit{{Start: at, End: at, Text: ` width="` + w + `" height="` + h + `"`}}}}
		}
		p.Add(f)
	}
}

// sizeOf is the size in pixels that a tag gives elsewhere than in width and height.
func sizeOf(e *markup.Element) (width, height string) {
	for _, names := range [][2]string{{"data-width", "data-height"}, {"data-rawwidth", "data-rawheight"}, {"w", "h"}} {
		w, hasWidth := e.Attr(names[0])
		h, hasHeight := e.Attr(names[1])
		if hasWidth && hasHeight && pixels(w.Value) != "" && pixels(h.Value) != "" {
			return pixels(w.Value), pixels(h.Value)
		}
	}
	if style, ok := e.Attr("style"); ok {
		for part := range strings.SplitSeq(style.Value, ";") {
			property, value, _ := strings.Cut(part, ":")
			value = strings.TrimSpace(value)
			switch {
			case !strings.HasSuffix(value, "px"):
			case strings.TrimSpace(property) == "width":
				width = pixels(value)
			case strings.TrimSpace(property) == "height":
				height = pixels(value)
			}
		}
	}
	if width == "" || height == "" {
		return "", ""
	}
	return width, height
}

// pixels is a positive number of pixels, "" for anything else.
func pixels(value string) string {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(value), "px"))
	if err != nil || n <= 0 || n > 100_000 {
		return ""
	}
	return strconv.Itoa(n)
}
