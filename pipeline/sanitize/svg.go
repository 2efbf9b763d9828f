package sanitize

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// SVG takes out of an SVG file what may do more than show a picture, wherever the file is opened: script,
// event handlers, addresses that lead out of the file, document types with entities, style sheets elsewhere,
// and elements that no picture needs. What it leaves is as it was, byte for byte. removed names what went,
// each thing once, in the order of the file. The error says why a file can't be cleaned: one that is no
// well-formed XML in UTF-8, which browsers don't show either, or that is not an SVG at its root.
func SVG(data []byte) (clean []byte, removed []string, err error) {
	s := &svgCleaner{in: data, told: map[string]bool{}}
	if err := s.read(); err != nil {
		return nil, nil, err
	}
	clean = s.apply()
	if len(s.cuts) > 0 {
		again := &svgCleaner{in: clean, told: map[string]bool{}}
		if err := again.read(); err != nil || len(again.cuts) > 0 {
			return nil, nil, fmt.Errorf("it can't be cleaned: %s stays", strings.Join(s.removed, ", "))
		}
	}
	return clean, s.removed, nil
}

// The namespaces whose elements do something.
const (
	nsSVG   = "http://www.w3.org/2000/svg"
	nsXHTML = "http://www.w3.org/1999/xhtml"
	nsMath  = "http://www.w3.org/1998/Math/MathML"
)

// svgCleaner goes once over the tokens of a file, and notes what is to be cut.
type svgCleaner struct {
	in      []byte
	cuts    []svgCut
	removed []string
	told    map[string]bool
	seen    bool // the root
	inStyle int  // depth inside <style>
}

// svgCut replaces a part of the file.
type svgCut struct {
	start, end int
	text       string
}

func (s *svgCleaner) cut(start, end int, text, what string) {
	s.cuts = append(s.cuts, svgCut{start, end, text})
	const enough = 8
	if s.told[what] || len(s.told) > enough {
		return
	}
	if s.told[what] = true; len(s.told) > enough {
		what = "more"
	}
	s.removed = append(s.removed, what)
}

func (s *svgCleaner) apply() []byte {
	if len(s.cuts) == 0 {
		return s.in
	}
	out := make([]byte, 0, len(s.in))
	at := 0
	for _, c := range s.cuts {
		out = append(append(out, s.in[at:c.start]...), c.text...)
		at = c.end
	}
	return append(out, s.in[at:]...)
}

func (s *svgCleaner) read() error {
	d := xml.NewDecoder(bytes.NewReader(s.in))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) {
		if slices.ContainsFunc(s.in, func(c byte) bool { return c >= 0x80 }) {
			return nil, errors.New("its text is not in UTF-8")
		}
		return in, nil
	}
	for {
		start := int(d.InputOffset())
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("it is not well-formed XML: %w", err)
		}
		end := int(d.InputOffset())
		switch t := token.(type) {
		case xml.StartElement:
			err = s.element(d, t, start, end)
		case xml.EndElement:
			s.inStyle = max(0, s.inStyle-1)
		case xml.CharData:
			if s.inStyle > 0 {
				s.style(string(t), start, end)
			}
		case xml.Directive:
			if bytes.Contains(t, []byte("[")) {
				s.cut(start, end, "", "a document type with declarations")
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				s.cut(start, end, "", "the instruction "+t.Target)
			}
		}
		if err != nil {
			return err
		}
	}
	if !s.seen {
		return errors.New("it has no element")
	}
	return nil
}

// element judges one element by its start tag.
func (s *svgCleaner) element(d *xml.Decoder, t xml.StartElement, start, end int) error {
	if !s.seen {
		if s.seen = true; t.Name.Local != "svg" || t.Name.Space != nsSVG && t.Name.Space != "" {
			return fmt.Errorf("it is no SVG: its first element is %q of %q", t.Name.Local, t.Name.Space)
		}
	}
	tag, err := readSVGTag(s.in[start:end])
	if err != nil || len(tag) != len(t.Attr) {
		return errors.New("it is not well-formed XML: a tag has one attribute twice, or can't be read")
	}
	if !svgElement(t.Name) || animatesAddress(t) {
		if err := d.Skip(); err != nil {
			return fmt.Errorf("it is not well-formed XML: %w", err)
		}
		s.cut(start, int(d.InputOffset()), "", "element "+shortName(t.Name.Local))
		return nil
	}
	for i, a := range t.Attr {
		if why := svgAttribute(t.Name, a); why != "" {
			s.cut(start+tag[i].start, start+tag[i].end, "", why)
		}
	}
	if s.inStyle > 0 || t.Name.Local == "style" {
		s.inStyle++
	}
	return nil
}

// style judges the text of a style sheet, or a part of it.
func (s *svgCleaner) style(text string, start, end int) {
	clean := urlPattern().ReplaceAllStringFunc(text, func(url string) string {
		if ownURL(url) {
			return url
		}
		return "none"
	})
	clean = importPattern().ReplaceAllString(clean, "")
	if clean == text && plainStyle(text) {
		return
	}
	if raw := string(s.in[start:end]); raw != text || !plainStyle(clean) {
		clean = "" // It is spelled in a way that hides something.
	}
	s.cut(start, end, clean, "styles from elsewhere")
}

// What asks for a file in a style.
var (
	urlPattern = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)url\(\s*("[^"]*"|'[^']*'|[^"'()]*)\s*\)`)
	})
	importPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)@import[^;]*;?`) })
	fontPattern   = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^data:(font/|application/(x-)?font|application/vnd.ms-fontobject)`)
	})
)

// ownURL tells whether a url() means a part of the file, or a font or a picture that stands in it.
func ownURL(url string) bool {
	value := strings.Trim(url[len("url("):len(url)-1], " \t\r\n\f\"'")
	return strings.HasPrefix(value, "#") || fontPattern().MatchString(value) || picturePattern().MatchString(value)
}

// plainStyle tells whether a style asks for nothing outside the file: no escape can hide an address in it.
func plainStyle(text string) bool {
	text = urlPattern().ReplaceAllStringFunc(text, func(url string) string {
		if ownURL(url) {
			return ""
		}
		return url
	})
	text = strings.ToLower(text)
	for _, bad := range []string{"\\", "url(", "@import", "image(", "image-set(", "src(", "expression(", "javascript:", "behavior:", "-moz-binding"} {
		if strings.Contains(text, bad) {
			return false
		}
	}
	return true
}

// svgSpan is an attribute in a tag, with the blanks before it.
type svgSpan struct{ start, end int }

// readSVGTag finds the attributes of a start tag that an XML parser has read, in the same order.
func readSVGTag(tag []byte) (spans []svgSpan, err error) {
	blank := func(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
	broken := errors.New("a broken tag")
	names := map[string]bool{}
	at := 1
	for at < len(tag) && !blank(tag[at]) && tag[at] != '>' && tag[at] != '/' {
		at++
	}
	for {
		start := at
		for at < len(tag) && blank(tag[at]) {
			at++
		}
		if at >= len(tag) || tag[at] == '>' || tag[at] == '/' {
			return spans, nil
		}
		equals := bytes.IndexByte(tag[at:], '=')
		if equals < 0 {
			return nil, broken
		}
		name := strings.TrimSpace(string(tag[at : at+equals]))
		if at += equals + 1; names[name] {
			return nil, broken
		}
		names[name] = true
		for at < len(tag) && blank(tag[at]) {
			at++
		}
		if at >= len(tag) || tag[at] != '"' && tag[at] != '\'' {
			return nil, broken
		}
		length := bytes.IndexByte(tag[at+1:], tag[at])
		if length < 0 {
			return nil, broken
		}
		at += length + 2
		spans = append(spans, svgSpan{start, at})
	}
}

// shortName is a name as it can be told.
func shortName(name string) string {
	if len(name) > 40 {
		return name[:40] + "…"
	}
	return name
}
