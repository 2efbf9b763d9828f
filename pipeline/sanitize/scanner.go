package sanitize

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tokenKind is what a token of the body is to the cleaning.
type tokenKind uint8

const (
	text       tokenKind = iota // shown as text
	literal                     // text of an element that holds no markup (textarea, xmp, plaintext)
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
	start, end int              // bytes in the body
	name       string           // of a tag, lower case
	attrs      []html.Attribute // decoded, the first of each name
	spans      []attrSpan       // where they stand, and those that repeat a name
	decoded    string           // of literal text, and of CDATA in svg and math
	renamed    bool             // <image>, which parsers read as <img>
}

// A scanner gives the tokens of HTML in order. The content of noscript, iframe, noembed and noframes
// is given as tokens too: it ends where browsers end it, but is real content to some reader.
type scanner struct {
	z       *html.Tokenizer
	src     []byte
	base    int // offset of src in the body
	at      int // bytes of src that were read
	inner   bool
	raw     string // the element whose raw text comes next
	foreign int    // open svg and math elements, in which nothing is raw text
	sub     *scanner
}

func newScanner(src []byte, base int, inner bool) *scanner {
	return &scanner{z: html.NewTokenizer(bytes.NewReader(src)), src: src, base: base, inner: inner}
}

// next returns the next token; ok is false at the end.
func (s *scanner) next() (t token, ok bool) {
	for {
		if s.sub != nil {
			if t, ok = s.sub.next(); ok {
				return t, true
			}
			s.sub = nil
		}
		s.z.AllowCDATA(s.foreign > 0)
		tt := s.z.Next()
		from := s.at
		s.at += len(s.z.Raw())
		t = token{start: s.base + from, end: s.base + s.at}
		raw := s.raw
		s.raw = ""
		switch tt {
		case html.ErrorToken:
			// The tokenizer drops a tag that the end cuts off; its bytes are what is left.
			t.kind, t.end = unfinished, s.base+len(s.src)
			s.at = len(s.src)
			return t, t.start < t.end
		case html.TextToken:
			if s.text(&t, raw) {
				return t, true
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			s.start(&t, tt == html.SelfClosingTagToken)
			return t, true
		case html.EndTagToken:
			t.kind, t.name = endTag, s.name(s.z.TagName())
			if s.foreign > 0 && isForeign(t.name) {
				s.foreign--
			}
			return t, true
		case html.CommentToken:
			t.kind = comment
			return t, true
		default:
			t.kind = doctype
			return t, true
		}
	}
}

// text settles the kind of a text token that follows the start tag of the element raw, if that is
// not empty. It returns false for text that is read once more as tokens.
func (s *scanner) text(t *token, raw string) bool {
	switch raw {
	case "":
		t.kind = text
		if s.foreign > 0 && bytes.HasPrefix(s.z.Raw(), []byte("<![CDATA[")) {
			t.kind, t.decoded = literal, string(s.z.Text())
		}
	case "script", "style", "title":
		t.kind = hidden
	case "textarea", "xmp", "plaintext":
		t.kind, t.decoded = literal, string(s.z.Text())
	default:
		s.sub = newScanner(s.src[t.start-s.base:t.end-s.base], t.start, true)
		return false
	}
	return true
}

func (s *scanner) name(name []byte, _ bool) string {
	if a := atom.Lookup(name); a != 0 {
		return a.String()
	}
	return string(name)
}

func (s *scanner) start(t *token, selfClosing bool) {
	name, more := s.z.TagName()
	t.kind, t.name = startTag, s.name(name, more)
	if more {
		tag := s.src[t.start-s.base : t.end-s.base]
		t.spans = scanAttrs(tag)
		if attrs, ok := plainAttrs(tag, t.spans); ok {
			t.attrs, more = attrs, false
		}
	}
	for more {
		var key, value []byte
		key, value, more = s.z.TagAttr()
		t.attrs = append(t.attrs, html.Attribute{Key: atom.String(key), Val: string(value)})
	}
	if s.foreign > 0 && breaksOut(t.name) {
		s.foreign = 0
	}
	if t.name == "image" && s.foreign == 0 {
		t.name, t.renamed = "img", true
	}
	switch t.name {
	case "svg", "math":
		if !selfClosing {
			s.foreign++
		}
	case "noscript", "iframe", "noembed", "noframes":
		// Inside such content they are read as plain elements: else each level would be read again.
		if s.inner || s.foreign > 0 {
			s.z.NextIsNotRawText()
			return
		}
		s.raw = t.name
	case "script", "style", "title", "textarea", "xmp", "plaintext":
		if s.foreign > 0 {
			s.z.NextIsNotRawText()
			if t.name == "textarea" || t.name == "xmp" || t.name == "plaintext" || selfClosing {
				return
			}
		}
		s.raw = t.name
	}
}

func isForeign(name string) bool { return name == "svg" || name == "math" }

// breaksOut tells whether a start tag ends svg and math, or has HTML inside it.
// Source: HTML standard, 13.2.6.5, rules for parsing tokens in foreign content.
func breaksOut(name string) bool {
	return strings.Contains(" b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li "+
		"listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var "+
		"foreignobject desc annotation-xml mi mo mn ms mtext ", " "+name+" ")
}
