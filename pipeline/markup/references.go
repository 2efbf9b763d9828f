package markup

import (
	"strings"

	"copydesk/pipeline"
)

// reference adds the links and images of an element.
func (o *outline) reference(index int) {
	switch e := &o.body.Elements[index]; e.Name {
	case "a", "area":
		if href, ok := e.Attr("href"); ok {
			url, span := attrURL(o.body.Text, href)
			link := Link{URL: url, URLSpan: span, Span: e.Span, Element: index}
			o.body.Links = append(o.body.Links, link)
		}
	case "img":
		image := o.image(index)
		if alt, ok := e.Attr("alt"); ok {
			image.Alt, image.HasAlt = alt.Value, true
		}
		o.images(image, "src")
		o.images(image, "srcset")
	case "source":
		o.images(o.image(index), "srcset")
	case "video":
		o.images(o.image(index), "poster")
	}
}

func (o *outline) image(index int) Image {
	return Image{Span: o.body.Elements[index].Span, Element: index, Link: o.linkAround()}
}

// images adds the pictures that an attribute names; image is what is known of them.
func (o *outline) images(image Image, attr string) {
	a, ok := o.body.Elements[image.Element].Attr(attr)
	if !ok {
		return
	}
	image.Attr = attr
	if attr == "srcset" {
		for _, span := range candidates(o.body.Text, a.ValueSpan) {
			image.URL, image.URLSpan = cleanURL(decodeAttr(string(span.Of(o.body.Text)))), span
			o.body.Images = append(o.body.Images, image)
		}
		return
	}
	image.URL, image.URLSpan = attrURL(o.body.Text, a)
	if b := o.body; image.URL != "" || attr == "src" {
		b.Images = append(grown(b.Images, image.Span.Start-b.Span.Start, b.Span.Len()), image)
	}
}

// attrURL gives the URL in an attribute, and its bytes.
func attrURL(text []byte, a *Attr) (string, pipeline.Span) {
	span := a.ValueSpan
	for span.Len() > 0 && text[span.Start] <= ' ' {
		span.Start++
	}
	for span.Len() > 0 && text[span.End-1] <= ' ' {
		span.End--
	}
	return cleanURL(a.Value), span
}

// cleanURL does to a URL what browsers do before they read it: it drops control characters and spaces
// at both ends, and tabs and line breaks anywhere.
func cleanURL(url string) string {
	for len(url) > 0 && url[0] <= ' ' {
		url = url[1:]
	}
	for len(url) > 0 && url[len(url)-1] <= ' ' {
		url = url[:len(url)-1]
	}
	if strings.IndexByte(url, '\n') < 0 && strings.IndexByte(url, '\t') < 0 && strings.IndexByte(url, '\r') < 0 {
		return url
	}
	return strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(url)
}

// candidates returns the spans of the URLs in a srcset: section 4.8.4.2.1 of the HTML standard.
func candidates(text []byte, value pipeline.Span) []pipeline.Span {
	var urls []pipeline.Span
	at, end := value.Start, value.End
	for {
		for at < end && (isSpace(text[at]) || text[at] == ',') {
			at++
		}
		if at == end {
			return urls
		}
		url := pipeline.Span{Start: at}
		for at < end && !isSpace(text[at]) {
			at++
		}
		for url.End = at; text[url.End-1] == ','; {
			url.End--
		}
		urls = append(urls, url)
		if url.End == at {
			at = descriptorsEnd(text, at, end)
		}
	}
}

// descriptorsEnd finds the comma behind the descriptors of a candidate, or the end.
func descriptorsEnd(text []byte, at, end int) int {
	for depth := 0; at < end; at++ {
		switch text[at] {
		case '(':
			depth = 1
		case ')':
			depth = 0
		case ',':
			if depth == 0 {
				return at
			}
		}
	}
	return end
}
