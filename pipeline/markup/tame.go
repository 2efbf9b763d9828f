package markup

import (
	"bytes"

	"golang.org/x/net/html"
)

// maxAttrs is how many attributes of a tag are kept when HTML is made tame.
const maxAttrs = 256

// tame gives HTML that other programs can be trusted with: it has no deep nesting, no NUL, and none of
// the elements whose content they would lose. The error is a LimitError for too many elements, and many lines in deep quotes.
func tame(body []byte) ([]byte, error) {
	t := &tamer{body: body, stack: newStack()}
	t.out.Grow(len(body) + len(body)/8)
	for token := range Scan(body, 0) {
		if err := t.token(token); err != nil {
			return nil, err
		}
	}
	return bytes.ReplaceAll(t.out.Bytes(), []byte{0}, []byte("\uFFFD")), nil
}

type tamer struct {
	body     []byte
	out      bytes.Buffer
	stack    *stack
	raw      bool // in the text of xmp, plaintext and the like
	depth    int  // quotes and list items that are open
	elements int
	prefix   int // the work of writing what begins each line within them
}

func (t *tamer) token(token Token) error {
	raw := token.Span.Of(t.body)
	switch token.Kind {
	case Text:
		if t.raw {
			raw = []byte(html.EscapeString(string(raw)))
		}
		t.out.Write(raw)
	case StartTag:
		return t.start(token, raw)
	case EndTag:
		t.end(token, raw)
	case Comment:
		return t.comment(token, raw)
	}
	t.raw = false
	return nil
}

// comment writes a comment, but not what browsers merely take for one.
func (t *tamer) comment(token Token, raw []byte) error {
	if t.elements++; t.elements > maxElements {
		return &LimitError{"elements", maxElements, token.Span.Start}
	}
	if len(raw) >= len("<!---->") && bytes.HasPrefix(raw, []byte("<!--")) && bytes.HasSuffix(raw, []byte("-->")) {
		t.out.Write(raw)
	}
	return nil
}

// start writes a start tag, or drops it.
func (t *tamer) start(token Token, raw []byte) error {
	t.raw = isListing(token.Name)
	if t.raw {
		t.out.WriteString("\n<pre>")
		return nil
	}
	if isUnwrapped(token.Name) {
		return nil
	}
	t.closeTo(t.stack.implied(token.Name))
	if t.elements++; t.elements > maxElements {
		return &LimitError{"elements", maxElements, token.Span.Start}
	}
	t.prefix += t.depth * t.depth
	if t.prefix > maxPrefix {
		return &LimitError{"steps of writing lines within quotes and lists", maxPrefix, token.Span.Start}
	}
	if !isVoid(token.Name) && (!token.Self || !t.stack.foreign()) {
		t.stack.push(token.Name, 0)
		if isPrefixed(token.Name) {
			t.depth++
		}
	}
	if len(t.stack.open) <= maxHTMLDepth {
		t.writeTag(token, raw)
	}
	return nil
}

// writeTag writes a start tag with its first attributes.
func (t *tamer) writeTag(token Token, raw []byte) {
	if len(token.Attrs) > maxAttrs {
		t.out.Write(t.body[token.Span.Start:token.Attrs[maxAttrs-1].Span.End])
		t.out.WriteByte('>')
		return
	}
	t.out.Write(raw)
}

// end writes an end tag, unless its start tag was dropped.
func (t *tamer) end(token Token, raw []byte) {
	switch {
	case isListing(token.Name):
		t.out.WriteString("</pre>\n")
	case isUnwrapped(token.Name):
	default:
		at := t.stack.closes(token.Name)
		if at >= 0 {
			t.closeTo(at)
		}
		if at < maxHTMLDepth {
			t.out.Write(raw)
		}
	}
}

func (t *tamer) closeTo(keep int) {
	for len(t.stack.open) > keep {
		if isPrefixed(t.stack.pop().name) {
			t.depth--
		}
	}
}

// isPrefixed tells whether each line in an element begins with something in Markdown.
func isPrefixed(name string) bool { return name == "blockquote" || name == "li" || name == "dd" }

// isListing tells whether an element's text is shown as it stands, tags and all.
func isListing(name string) bool { return name == "xmp" || name == "plaintext" || name == "listing" }

// isUnwrapped tells whether an element is dropped, but not what is in it: browsers show that, other
// programs do not.
func isUnwrapped(name string) bool {
	switch name {
	case "frame", "frameset", "noframes", "html", "head", "body":
		return true
	}
	return false
}
