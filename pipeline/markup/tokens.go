package markup

import (
	"bytes"
	"iter"
	"slices"

	"golang.org/x/net/html/atom"

	"copydesk/pipeline"
)

// A Token is one token of HTML: the spans of all tokens together are the text.
type Token struct {
	Kind  TokenKind
	Span  pipeline.Span
	Name  string // of a tag, lower case
	Attrs []Attr // of a tag, in source order, duplicates included, up to MaxAttrs; browsers ignore those of an end tag
	Self  bool   // closed with />, as <br/> is
}

// MaxAttrs is how many attributes of a tag are told.
const MaxAttrs = 10_000

// TokenKind is the kind of a token.
type TokenKind int

// The kinds of token.
const (
	Text TokenKind = iota
	StartTag
	EndTag
	Comment // also CDATA, <?…>, </ x> and </>
	Doctype
	Unfinished // a tag that the end of the text cuts off; browsers drop it
)

// Tokens splits HTML into tokens with their places, counted from offset base. The raw text of script,
// style, textarea, title, xmp, iframe, noembed, noframes and plaintext is Text; noscript has content,
// as where scripts do not run.
func Tokens(html []byte, base int) []Token { return slices.Collect(Scan(html, base)) }

// Scan is Tokens for those who need not keep them all.
func Scan(html []byte, base int) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		s := scanner{text: html, base: base}
		for s.at < len(html) {
			var t Token
			if s.next(&t); !yield(t) {
				return
			}
		}
	}
}

// A Scanner gives the tokens of Scan one by one, to those who tell it what is raw text.
type Scanner struct{ scanner scanner }

// NewScanner returns a scanner of HTML, with places counted from offset base.
func NewScanner(html []byte, base int) *Scanner { return &Scanner{scanner{text: html, base: base}} }

// Next returns the next token; ok is false at the end.
func (s *Scanner) Next() (t Token, ok bool) {
	if s.scanner.at == len(s.scanner.text) {
		return Token{}, false
	}
	s.scanner.next(&t)
	return t, true
}

// SkipAttrs has tags come without their attributes, which takes less time; Self means nothing then.
func (s *Scanner) SkipAttrs() { s.scanner.lean = true }

// ReuseAttrs has the attributes of a tag be good until the next tag is read only, which takes less memory.
func (s *Scanner) ReuseAttrs() { s.scanner.reuse = true }

// SetRaw says, after a start tag, that what comes next is the raw text of the element of that name, up to
// its end tag; "" says that it is none.
func (s *Scanner) SetRaw(element string) { s.scanner.raw = element }

// Skip returns the next n bytes as a token of text, whatever stands there.
func (s *Scanner) Skip(n int) (t Token) {
	s.scanner.emit(&t, Text, s.scanner.at+n)
	return t
}

// ScanLean is Scan for those who do not need attributes: tags come without, and Self means nothing.
func ScanLean(html []byte, base int) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		s := scanner{text: html, base: base, lean: true}
		for s.at < len(html) {
			var t Token
			if s.next(&t); !yield(t) {
				return
			}
		}
	}
}

// A scanner cuts HTML into tokens by the rules of the HTML standard, section 13.2.5. It agrees with
// x/net/html.Tokenizer, but knows the place of every attribute, and copies and buffers nothing.
type scanner struct {
	text  []byte
	base  int    // offset of text in what spans count in
	at    int    // where the next token begins
	raw   string // the element whose raw text comes next
	pool  []Attr // room for attributes
	lean  bool   // tags come without attributes, and Self means nothing
	reuse bool   // the pool holds the attributes of one tag
}

// next reads the token at s.at, which is not the end.
func (s *scanner) next(t *Token) {
	if s.raw != "" {
		end := rawEnd(s.text, s.at, s.raw)
		s.raw = ""
		if end > s.at {
			s.emit(t, Text, end)
			return
		}
	}
	switch kind, end := s.markup(s.at); kind {
	case Text:
		s.emit(t, Text, s.textEnd(end))
	case StartTag, EndTag:
		s.tag(t, kind)
	default:
		s.emit(t, kind, end)
	}
}

func (s *scanner) emit(t *Token, kind TokenKind, end int) {
	*t = Token{Kind: kind, Span: pipeline.Span{Start: s.base + s.at, End: s.base + end}}
	s.at = end
}

// textEnd finds where the text that goes on at from ends: where markup begins.
func (s *scanner) textEnd(from int) int {
	for {
		i := bytes.IndexByte(s.text[from:], '<')
		if i < 0 {
			return len(s.text)
		}
		from += i
		kind, _ := s.markup(from)
		if kind != Text || from > s.at && from == len(s.text)-2 && s.text[from+1] == '/' {
			return from // A last </ is text by itself, since x/net/html has it so.
		}
		from++
	}
}

// markup tells what begins at a place, and where it ends if it is neither text nor a tag.
// For text, the end is where to look on.
func (s *scanner) markup(at int) (TokenKind, int) {
	rest := s.text[at:]
	if len(rest) < 2 || rest[0] != '<' {
		return Text, at
	}
	switch c := rest[1]; {
	case isLetter(c):
		return StartTag, 0
	case c == '?':
		return Comment, angleEnd(s.text, at+1)
	case c == '!' && bytes.HasPrefix(rest, []byte("<!--")):
		return Comment, commentEnd(s.text, at+4)
	case c == '!' && hasFoldPrefix(rest[2:], "doctype"):
		return Doctype, angleEnd(s.text, at+2)
	case c == '!':
		return Comment, angleEnd(s.text, at+2)
	case c == '/' && len(rest) > 2 && isLetter(rest[2]):
		return EndTag, 0
	case c == '/' && len(rest) > 2:
		return Comment, angleEnd(s.text, at+2)
	default:
		return Text, at + 1
	}
}

// tag reads the tag at s.at: its name, then its attributes.
func (s *scanner) tag(t *Token, kind TokenKind) {
	start := s.at + 1
	if kind == EndTag {
		start++
	}
	end := start
	for end < len(s.text) && !isSpace(s.text[end]) && s.text[end] != '/' && s.text[end] != '>' {
		end++
	}
	name := lowerName(s.text[start:end])
	if s.lean {
		s.leanTag(t, kind, name, end)
		return
	}
	if s.reuse {
		s.pool = s.pool[:0]
	}
	attrs, after, closed := s.attributes(end)
	if !closed {
		s.emit(t, Unfinished, len(s.text))
		return
	}
	slash := s.text[after-2] == '/'
	if n := len(attrs); n > 0 && attrs[n-1].Quote == 0 && attrs[n-1].ValueSpan.End == s.base+after-1 && attrs[n-1].ValueSpan.Len() > 0 {
		slash = false // The slash belongs to the value: <a href=/x/>.
	}
	s.emit(t, kind, after)
	t.Name, t.Attrs, t.Self = name, attrs, slash
	if kind == StartTag {
		s.raw = rawElement(name)
	}
}

// leanTag reads the rest of a tag, from the end of its name.
func (s *scanner) leanTag(t *Token, kind TokenKind, name string, at int) {
	after, closed := s.tagEnd(at)
	if !closed {
		s.emit(t, Unfinished, len(s.text))
		return
	}
	s.emit(t, kind, after)
	if t.Name = name; kind == StartTag {
		s.raw = rawElement(name)
	}
}

// commentEnd finds the end of a comment whose <!-- ends at from.
func commentEnd(text []byte, from int) int {
	dashes, beginning := 0, true
	for i := from; i < len(text); i++ {
		switch c := text[i]; {
		case c == '-':
			dashes++
			continue
		case c == '>' && (dashes >= 2 || beginning):
			return i + 1
		case c == '!' && dashes >= 2 && i+1 < len(text) && text[i+1] == '>':
			return i + 2
		}
		dashes, beginning = 0, false
	}
	return len(text)
}

func angleEnd(text []byte, from int) int {
	if i := bytes.IndexByte(text[from:], '>'); i >= 0 {
		return from + i + 1
	}
	return len(text)
}

// lowerName gives a tag's or an attribute's name as browsers have it.
func lowerName(name []byte) string {
	if a := atom.Lookup(name); a != 0 {
		return a.String() // It is lower case, and need not be allocated.
	}
	lower := make([]byte, 0, len(name))
	for _, c := range name {
		switch {
		case 'A' <= c && c <= 'Z':
			lower = append(lower, c+'a'-'A')
		case c == 0:
			lower = append(lower, "\uFFFD"...)
		default:
			lower = append(lower, c)
		}
	}
	return string(lower)
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// hasFoldPrefix tells whether text begins with a prefix of lower case ASCII, in any case.
func hasFoldPrefix(text []byte, prefix string) bool {
	if len(text) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != prefix[i] {
			return false
		}
	}
	return true
}
