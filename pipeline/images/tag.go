package images

import (
	"bytes"
	"fmt"
	"html"
	"strconv"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// show is what an <img> shows.
type show struct {
	variants    []variant // the narrowest first
	urls        []string  // of the same index
	webp        []variant // the same as WebP, where that is lighter; else nothing
	webpURLs    []string
	first       bool   // it is the first picture of an article, which loads at once
	width       int    // that it is shown in where the tag says none; 0: the widest's
	sizes       string // the attribute; empty: by the width
	placeholder string // a colour like #aabbcc, or a blurhash
	full        string // the larger picture that a link around it leads to
}

// fill takes what was made of a picture.
func (s *show) fill(a *article, m *made, ref reference) {
	s.variants, s.urls = m.variants, a.use(m, ref, s.full)
	if len(m.webp) > 0 {
		s.webp, s.webpURLs = m.webp, a.urls(m.sum, m.webp, ref.url, s.full)
	}
	s.placeholder = m.placeholder
}

// srcset is the attribute for variants under the URLs of the same index.
func srcset(variants []variant, urls []string) string {
	candidates := make([]string, len(variants))
	for i, v := range variants {
		candidates[i] = fmt.Sprintf("%s %dw", urls[i], v.w)
	}
	return strings.Join(candidates, ", ")
}

// attribute is one that an <img> is to have.
type attribute struct {
	name, value string
	theirs      bool // a value that the author gave stays
}

// attributes gives what an <img> is to have, src first.
func (s *show) attributes(e *markup.Element) []attribute {
	widest := s.variants[len(s.variants)-1]
	want := []attribute{{name: "src", value: s.urls[len(s.urls)-1]}}
	w, h, shown := sides(e, widest, s.width)
	if s.sizes == "" {
		s.sizes = fmt.Sprintf("(max-width: %dpx) 100vw, %dpx", shown, shown)
	}
	if len(s.variants) > 1 {
		want = append(want, attribute{name: "srcset", value: srcset(s.variants, s.urls)}, attribute{name: "sizes", value: s.sizes, theirs: true})
	}
	if w > 0 {
		want = append(want, attribute{name: "width", value: strconv.Itoa(w)}, attribute{name: "height", value: strconv.Itoa(h)})
	}
	loading := "lazy"
	if s.first {
		loading = "eager"
	}
	want = append(want, attribute{"loading", loading, true}, attribute{"decoding", "async", true})
	switch style, has := e.Attr("style"); {
	case s.placeholder == "":
	case s.placeholder[0] != '#':
		want = append(want, attribute{name: "data-blurhash", value: html.EscapeString(s.placeholder)})
	case !has:
		want = append(want, attribute{name: "style", value: "background-color:" + s.placeholder})
	case !strings.Contains(style.Value, "background"):
		value := strings.TrimRight(style.Value, "; ") + "; background-color:" + s.placeholder
		want = append(want, attribute{name: "style", value: html.EscapeString(strings.TrimPrefix(value, "; "))})
	}
	return want
}

// imgEdits gives the edits that make an <img> show pictures.
func imgEdits(text []byte, e *markup.Element, s *show) []pipeline.Edit {
	edits := attributeEdits(text, e, s.attributes(e))
	if before, after := s.around(); before != "" {
		edits = append(edits, pipeline.Edit{Start: e.Span.Start, End: e.Span.Start, Text: before}, pipeline.Edit{Start: e.Span.End, End: e.Span.End, Text: after})
	}
	return edits
}

// around is what stands around an <img> for browsers that show WebP; empty where that gains nothing.
func (s *show) around() (before, after string) {
	if len(s.webp) == 0 {
		return "", ""
	}
	source := attribute{name: "srcset", value: s.webpURLs[0]}.text()
	if len(s.webp) > 1 {
		source = attribute{name: "srcset", value: srcset(s.webp, s.webpURLs)}.text() + " " + attribute{name: "sizes", value: s.sizes}.text()
	}
	return `<picture><source type="image/webp" ` + source + ">", "</picture>"
}

// markdownTag is the <img> that shows what a picture of Markdown shows. Where that stands at the end of a
// line, the tag is broken: a tag that is a line of its own would begin a block of HTML, which ends the paragraph.
func markdownTag(text []byte, img *markup.Image, s *show) string {
	var out strings.Builder
	want := s.attributes(&markup.Element{})
	out.WriteString("<img " + want[0].text() + " " + attribute{name: "alt", value: markdownValue(img.Alt)}.text())
	if img.Title != "" {
		out.WriteString(" " + attribute{name: "title", value: markdownValue(img.Title)}.text())
	}
	gap := " "
	if lineBreak := alone(text, img.Span); lineBreak != "" {
		gap = lineBreak
	}
	for _, a := range want[1:] {
		out.WriteString(gap + a.text())
		gap = " "
	}
	out.WriteString(">")
	before, after := s.around()
	return before + out.String() + after
}

// markdownValue writes the value of an attribute so that Markdown around it reads nothing in it.
func markdownValue(text string) string {
	return strings.NewReplacer("`", "&#96;", "|", "&#124;", "\\", "&#92;").Replace(html.EscapeString(text))
}

// alone gives the line break behind a picture that ends its line, if a tag in its place can hold one: headings
// and rows of tables can't.
func alone(text []byte, span pipeline.Span) string {
	start := bytes.LastIndexByte(text[:span.Start], '\n') + 1
	end := len(text)
	if i := bytes.IndexByte(text[span.End:], '\n'); i >= 0 {
		end = span.End + i
	}
	before := string(text[start:span.Start])
	if strings.TrimSpace(string(text[span.End:end])) != "" || strings.ContainsAny(before, "#|") {
		return ""
	}
	if end > span.End && text[end-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// sides gives the width and height that the tag is to say, and the width that the picture is shown
// in. An author's size with the picture's proportions stays, unless it enlarges; where there is only
// one side, the other follows; a size in percent is left alone, and w is 0. Else it is the natural width, or,
// where that is 0, the picture's own.
func sides(e *markup.Element, v variant, natural int) (w, h, shown int) {
	if natural == 0 || natural > v.w {
		natural = v.w
	}
	aw, hasW := pixels(e, "width")
	ah, hasH := pixels(e, "height")
	if hasW && aw == 0 || hasH && ah == 0 {
		return 0, 0, natural
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
		return natural, scale(v.h, natural, v.w), natural
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
