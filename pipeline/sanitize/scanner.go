package sanitize

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"copydesk/pipeline/markup"
)

// tokenKind is what a token of the body is to the cleaning.
type tokenKind uint8

const (
	text       tokenKind = iota // shown as text
	literal                     // text that holds no markup: of textarea, xmp and plaintext, CDATA in svg and math
	hidden                      // text that no browser shows: of script, style, title
	startTag                    // also with a slash at its end
	endTag                      //
	comment                     // also CDATA, <?…>, </ x>
	doctype                     //
	unfinished                  // a tag that the end of the body cuts off
)

// A token is one piece of a body. The spans of all tokens in order are the body.
type token struct {
	kind       tokenKind
	start, end int           // bytes in the body
	name       string        // of a tag, lower case
	nameEnd    int           // where the name of a start tag ends
	attrs      []markup.Attr // of a start tag, in source order
	repeats    map[int]bool  // those of attrs that repeat a name, which no parser keeps; nil for none
	decoded    string        // of literal text
	renamed    bool          // <image>, which parsers read as <img>
}

// A scanner gives the tokens of HTML in order. The content of noscript, iframe, noembed and noframes
// is given as tokens too: it ends where browsers end it, but is real content to some reader.
type scanner struct {
	html    *markup.Scanner
	src     []byte
	base    int // offset of src in the body
	at      int // bytes of src that were read
	inner   bool
	raw     string // the element whose raw text comes next
	foreign int    // open svg and math elements, in which nothing is raw text
	sub     *scanner
}

func newScanner(src []byte, base int, inner bool) *scanner {
	s := &scanner{html: markup.NewScanner(src, base), src: src, base: base, inner: inner}
	s.html.ReuseAttrs()
	return s
}

// next reads the next token; it is false at the end.
func (s *scanner) next(t *token) bool {
	for {
		if s.sub != nil {
			if s.sub.next(t) {
				return true
			}
			s.sub = nil
		}
		raw := s.raw
		s.raw = ""
		if s.foreign > 0 && s.cdata(t) {
			return true
		}
		found, ok := s.html.Next()
		if !ok {
			return false
		}
		s.at = found.Span.End - s.base
		*t = token{start: found.Span.Start, end: found.Span.End, name: found.Name}
		switch found.Kind {
		case markup.Text:
			if s.text(t, raw) {
				return true
			}
			continue
		case markup.StartTag:
			s.start(t, &found)
		case markup.EndTag:
			t.kind = endTag
			if s.foreign > 0 && isForeign(t.name) {
				s.foreign--
			}
		case markup.Comment:
			t.kind = comment
		case markup.Doctype:
			t.kind = doctype
		default:
			t.kind = unfinished
		}
		return true
	}
}

// cdata reads a section of character data, which svg and math have, when one comes next.
func (s *scanner) cdata(t *token) bool {
	const begin, end = "<![CDATA[", "]]>"
	if !bytes.HasPrefix(s.src[s.at:], []byte(begin)) {
		return false
	}
	data, length := s.src[s.at+len(begin):], len(s.src)-s.at
	if n := bytes.Index(data, []byte(end)); n >= 0 {
		data, length = data[:n], len(begin)+n+len(end)
	}
	span := s.html.Skip(length).Span
	s.at += length
	*t = token{kind: literal, start: span.Start, end: span.End, decoded: string(data)}
	return true
}

// text settles the kind of a text token that follows the start tag of the element raw, if that is
// not empty. It returns false for text that is read once more as tokens.
func (s *scanner) text(t *token, raw string) bool {
	content := s.src[t.start-s.base : t.end-s.base]
	switch raw {
	case "":
		t.kind = text
	case "script", "style", "title":
		t.kind = hidden
	case "textarea":
		t.kind, t.decoded = literal, html.UnescapeString(string(content))
	case "xmp", "plaintext":
		t.kind, t.decoded = literal, string(content)
	default:
		s.sub = newScanner(content, t.start, true)
		return false
	}
	return true
}

func (s *scanner) start(t *token, found *markup.Token) {
	t.kind, t.attrs, t.repeats = startTag, found.Attrs, repeats(found.Attrs)
	t.nameEnd = t.start + 1
	for c := s.src[t.nameEnd-s.base]; !isSpace(c) && c != '/' && c != '>'; c = s.src[t.nameEnd-s.base] {
		t.nameEnd++
	}
	if s.foreign > 0 && breaksOut(t.name) {
		s.foreign = 0
	}
	if t.name == "image" && s.foreign == 0 {
		t.name, t.renamed = "img", true
	}
	switch t.name {
	case "svg", "math":
		if !found.Self {
			s.foreign++
		}
	case "noscript", "iframe", "noembed", "noframes":
		// Inside such content they are read as plain elements: else each level would be read again.
		if s.inner || s.foreign > 0 {
			s.html.SetRaw("")
			return
		}
		s.raw = t.name
		s.html.SetRaw(t.name)
	case "script", "style", "title", "textarea", "xmp", "plaintext":
		if s.foreign > 0 {
			s.html.SetRaw("")
			if t.name == "textarea" || t.name == "xmp" || t.name == "plaintext" || found.Self {
				return
			}
		}
		s.raw = t.name
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' }

// repeats tells which of the attributes of a tag have the name of one before them.
func repeats(attrs []markup.Attr) (found map[int]bool) {
	var seen map[string]bool
	if len(attrs) > 16 {
		seen = make(map[string]bool, len(attrs))
	}
	for i, a := range attrs {
		again := seen[a.Name]
		if seen != nil {
			seen[a.Name] = true
		} else {
			again = slices.ContainsFunc(attrs[:i], func(b markup.Attr) bool { return b.Name == a.Name })
		}
		if again {
			if found == nil {
				found = map[int]bool{}
			}
			found[i] = true
		}
	}
	return found
}

func isForeign(name string) bool { return name == "svg" || name == "math" }

// breaksOut tells whether a start tag ends svg and math, or has HTML inside it.
// Source: HTML standard, 13.2.6.5, rules for parsing tokens in foreign content.
func breaksOut(name string) bool {
	return strings.Contains(" b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li "+
		"listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var "+
		"foreignobject desc annotation-xml mi mo mn ms mtext ", " "+name+" ")
}
