package images

import (
	"errors"
	"fmt"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// bodyRun rewrites the references of a body.
type bodyRun struct {
	*article
	body    *markup.Body
	first   int                    // the picture that loads at once
	edited  map[pipeline.Span]bool // what has been replaced: a definition may be used several times
	dropped map[int]bool           // the links that are taken away
}

func (a *article) body() *bodyRun {
	return &bodyRun{article: a, body: markup.Of(a.doc), first: -1, edited: map[pipeline.Span]bool{}, dropped: map[int]bool{}}
}

func (b *bodyRun) all() error {
	for i := range b.body.Images {
		if attr := b.body.Images[i].Attr; b.first < 0 && (attr == "src" || attr == "") {
			b.first = i
		}
		if err := b.image(i); err != nil {
			return err
		}
	}
	return b.links()
}

// image makes one picture, and rewrites the reference to it.
func (b *bodyRun) image(i int) error {
	img := &b.body.Images[i]
	b.tellAlt(img)
	place, ok := b.place(img.URL)
	if !ok {
		return nil
	}
	ref := reference{url: img.URL, place: place, role: "body", at: spanOf(img),
		alt: img.Alt, lacksAlt: img.Attr == "src" && !img.HasAlt}
	sizes := b.sizesOf(img)
	if b.isLeft(img, place, sizes) {
		b.keep(ref)
		return nil
	}
	m, show, err := b.source(ref, img, sizes)
	if m == nil || err != nil {
		return err
	}
	at := img.URLSpan
	if img.Attr == "" && sizes == allSizes {
		at = img.Span
	}
	if b.edited[at] {
		return nil
	}
	b.edited[at] = true
	show.fill(b.article, m, ref)
	show.first = i == b.first
	switch {
	case sizes != allSizes:
		b.edit(at, show.urls[len(show.urls)-1])
	case img.Attr == "":
		b.edit(at, markdownTag(b.body.Text, img, show))
	default:
		b.result.Edits = append(b.result.Edits, imgEdits(b.body.Text, &b.body.Elements[img.Element], show)...)
	}
	return nil
}

// edit replaces a part of the body.
func (b *bodyRun) edit(at pipeline.Span, text string) {
	b.result.Edits = append(b.result.Edits, pipeline.Edit{Start: at.Start, End: at.End, Text: text})
}

// tellAlt reports an <img> that says nothing to those who can't see it.
func (b *bodyRun) tellAlt(img *markup.Image) {
	if img.Attr != "src" || img.HasAlt {
		return
	}
	e := &b.body.Elements[img.Element]
	for _, other := range []string{"aria-hidden", "aria-label"} {
		if _, ok := e.Attr(other); ok {
			return
		}
	}
	b.doc.Report(pipeline.Diagnostic{Span: img.Span, Severity: pipeline.Info, Code: "HT006", Rule: "img-alt-missing",
		Message: "the picture has no alt"})
}

// sizesOf says in which sizes a picture of the body is made.
func (b *bodyRun) sizesOf(img *markup.Image) sizes {
	switch {
	case isResponsive(b.body, img):
		return ownSize
	case img.Attr == "src", img.Attr == "" && b.MarkdownSrcset:
		return allSizes
	}
	return widest
}

// spanOf is where a finding about a picture stands.
func spanOf(img *markup.Image) pipeline.Span {
	if img.URLSpan.Len() > 0 {
		return img.URLSpan
	}
	return img.Span
}

// isResponsive tells whether the author chose among several pictures already.
func isResponsive(body *markup.Body, img *markup.Image) bool {
	if img.Attr == "srcset" {
		return true
	}
	if img.Attr != "src" {
		return false
	}
	e := &body.Elements[img.Element]
	_, has := e.Attr("srcset")
	return has || e.Parent >= 0 && body.Elements[e.Parent].Name == "picture"
}

// source makes the picture that an image shows: the larger one that a link around it leads to, where there
// is one, else its own. It gives nil for a reference that stays. A picture of Markdown shows the larger one only
// in place of the link, since it can't say how large it is to be.
func (b *bodyRun) source(ref reference, img *markup.Image, how sizes) (*made, *show, error) {
	s := &show{sizes: b.Sizes}
	if how == ownSize || img.Attr == "poster" || img.Link < 0 {
		m, err := b.picture(ref, how)
		return m, s, err
	}
	m, err := b.larger(ref, img, how)
	if err != nil {
		return nil, nil, err
	}
	url := b.body.Links[img.Link].URL
	if isPictureName(url) {
		s.full = url
	}
	if m == nil {
		m, err := b.picture(ref, how)
		return m, s, err
	}
	if b.Links == dropLinks && b.drop(img) {
		s.full = ""
	} else if w, _, ok := b.peek(ref.place); ok {
		s.width = w // Whoever wants to see more follows the link.
	}
	return m, s, nil
}

// larger makes the picture that the link around an image leads to, if that shows the same; else it gives nil. A larger one that
// can't be had is reported.
func (b *bodyRun) larger(ref reference, img *markup.Image, how sizes) (*made, error) {
	place, ok := b.linked(img, how)
	if !ok {
		return nil, nil
	}
	m, err := b.made(place, how)
	switch {
	case err != nil:
		return nil, err
	case errors.Is(m.err, ErrElsewhere):
		return nil, nil
	case m.err != nil:
		b.report(pipeline.Warning, ref.at, fmt.Sprintf("picture %q is made of itself; the larger one, %q, is not to be had: %v", ref.url, b.body.Links[img.Link].URL, m.err))
		return nil, nil
	case len(m.variants) == 0:
		return nil, nil
	}
	if w, h, ok := b.peek(ref.place); ok && (w > m.w || !sameShape(w, h, m.w, m.h)) {
		return nil, nil
	}
	return m, nil
}

// sameShape tells whether two pictures have the same proportions, but for the rounding of small sides and
// 3 %.
func sameShape(w, h, w2, h2 int) bool {
	a, b := int64(w)*int64(h2), int64(h)*int64(w2)
	return max(a, b)-min(a, b) <= max(a, b)*3/100+int64(w2+h2)
}

// drop takes the link around an image away, if it holds nothing else and nothing can lead to it.
func (b *bodyRun) drop(img *markup.Image) bool {
	link := &b.body.Links[img.Link]
	text := b.body.Text
	before := pipeline.Span{Start: link.Span.Start, End: img.Span.Start}
	after := pipeline.Span{Start: img.Span.End, End: link.Span.End}
	if link.Element >= 0 {
		e := &b.body.Elements[link.Element]
		between := string(text[min(e.Span.End, img.Span.Start):img.Span.Start]) + string(text[img.Span.End:max(img.Span.End, e.End.Start)])
		_, id := e.Attr("id")
		_, name := e.Attr("name")
		if e.End.Len() == 0 || strings.TrimSpace(between) != "" || id || name {
			return false
		}
		before, after = e.Span, e.End
	} else if before.Len() != 1 || text[before.Start] != '[' || after.Len() < 2 || text[after.Start] != ']' {
		return false
	}
	if !b.dropped[img.Link] {
		b.edit(before, "")
		b.edit(after, "")
	}
	b.dropped[img.Link] = true
	return true
}

// links keeps the originals that links lead to, and leads links around pictures, to pictures elsewhere, to the
// ones made of those.
func (b *bodyRun) links() error {
	around := map[int]bool{}
	for i := range b.body.Images {
		around[b.body.Images[i].Link] = true
	}
	for i := range b.body.Links {
		link := &b.body.Links[i]
		place, ok := b.place(link.URL)
		if !ok || !isPictureName(place) || b.dropped[i] {
			continue
		}
		ref := reference{url: link.URL, place: place, role: "body", at: link.URLSpan, alt: link.Text}
		if !isElsewhere(link.URL) {
			b.keep(ref)
			continue
		}
		if !around[i] || link.URLSpan.Len() == 0 || b.edited[link.URLSpan] || b.isMade(place) {
			continue
		}
		m, err := b.made(place, ownSize)
		if err == nil && !errors.Is(m.err, ErrElsewhere) {
			m, err = b.picture(ref, ownSize)
		}
		if err != nil {
			return err
		}
		if m != nil && len(m.variants) > 0 {
			b.edited[link.URLSpan] = true
			b.edit(link.URLSpan, b.use(m, ref, "")[0])
		}
	}
	return nil
}
