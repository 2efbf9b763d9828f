package images

import (
	"fmt"
	"strconv"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// attribute is one that an <img> is to have.
type attribute struct {
	name, value string
	theirs      bool // a value that the author gave stays
}

// imgEdits gives the edits that make an <img> show variants under the URLs of the same index, the
// widest by default. first is true for the first picture of an article, which loads at once.
func imgEdits(text []byte, e *markup.Element, variants []variant, urls []string, first bool) []pipeline.Edit {
	widest := variants[len(variants)-1]
	want := []attribute{{name: "src", value: urls[len(urls)-1]}}
	w, h, shown := sides(e, widest)
	if len(variants) > 1 {
		candidates := make([]string, len(variants))
		for i, v := range variants {
			candidates[i] = fmt.Sprintf("%s %dw", urls[i], v.w)
		}
		want = append(want, attribute{name: "srcset", value: strings.Join(candidates, ", ")},
			attribute{name: "sizes", value: fmt.Sprintf("(max-width: %dpx) 100vw, %dpx", shown, shown), theirs: true})
	}
	if w > 0 {
		want = append(want, attribute{name: "width", value: strconv.Itoa(w)}, attribute{name: "height", value: strconv.Itoa(h)})
	}
	loading := "lazy"
	if first {
		loading = "eager"
	}
	want = append(want, attribute{"loading", loading, true}, attribute{"decoding", "async", true})
	return attributeEdits(text, e, want)
}

// sides gives the width and height that the tag is to say, and the width that the picture is shown
// in. An author's size with the picture's proportions stays, unless it enlarges; where there is only
// one side, the other follows; a size in percent is left alone, and w is 0.
func sides(e *markup.Element, v variant) (w, h, shown int) {
	aw, hasW := pixels(e, "width")
	ah, hasH := pixels(e, "height")
	if hasW && aw == 0 || hasH && ah == 0 {
		return 0, 0, v.w
	}
	switch {
	case hasW && hasH:
		if follows := scale(v.h, aw, v.w); ah < follows-1 || ah > follows+1 {
			aw = 0
		}
	case hasW:
		ah = scale(v.h, aw, v.w)
	case hasH:
		aw = scale(v.w, ah, v.h)
	}
	if aw < 1 || aw > v.w || ah < 1 || ah > v.h {
		return v.w, v.h, v.w
	}
	return aw, ah, aw
}

// pixels reads an attribute that counts pixels; 0 is any other value.
func pixels(e *markup.Element, name string) (n int, has bool) {
	a, has := e.Attr(name)
	if !has {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(a.Value), "px"))
	if err != nil || n < 1 || n > 1<<20 {
		return 0, true
	}
	return n, true
}

// attributeEdits gives the edits after which an element has the attributes. New ones stand behind
// src; what scraped pages write for width and height, w and h, becomes those.
func attributeEdits(text []byte, e *markup.Element, want []attribute) []pipeline.Edit {
	var edits []pipeline.Edit
	var added strings.Builder
	for _, a := range want {
		have, ok := e.Attr(a.name)
		alias, hasAlias := e.Attr(map[string]string{"width": "w", "height": "h"}[a.name])
		switch {
		case ok && (a.theirs || have.Value == a.value):
		case ok && have.Quote != 0:
			edits = append(edits, pipeline.Edit{Start: have.ValueSpan.Start, End: have.ValueSpan.End, Text: a.value})
		case ok:
			edits = append(edits, pipeline.Edit{Start: have.Span.Start, End: have.Span.End, Text: a.text()})
		case hasAlias:
			edits = append(edits, pipeline.Edit{Start: alias.Span.Start, End: alias.Span.End, Text: a.text()})
			hasAlias = false
		default:
			added.WriteString(" " + a.text())
		}
		if hasAlias {
			start := alias.Span.Start
			if text[start-1] == ' ' {
				start--
			}
			edits = append(edits, pipeline.Edit{Start: start, End: alias.Span.End})
		}
	}
	if src, ok := e.Attr("src"); ok && added.Len() > 0 {
		edits = append(edits, pipeline.Edit{Start: src.Span.End, End: src.Span.End, Text: added.String()})
	}
	return edits
}

func (a attribute) text() string { return a.name + `="` + a.value + `"` }
