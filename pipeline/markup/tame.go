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
	for token := range ScanLean(body, 0) {
		if err := t.token(token); err != nil {
			return nil, err
		}
	}
	out := body
	if t.out != nil {
		out = append(t.out, body[t.done:]...)
	}
	if bytes.IndexByte(out, 0) >= 0 {
		out = bytes.ReplaceAll(out, []byte{0}, []byte("\uFFFD"))
	}
	return out, nil
}

type tamer struct {
	body     []byte
	out      []byte // what was written so far, nil while nothing differs
	done     int    // how much of the body that stands for
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
			t.put(token, html.EscapeString(string(raw)))
		}
	case StartTag:
		return t.start(token, raw)
	case EndTag:
		t.end(token)
	case Comment:
		return t.comment(token, raw)
	case Doctype, Unfinished:
		t.put(token, "")
	}
	t.raw = false
	return nil
}

// put writes something in place of a token.
func (t *tamer) put(token Token, text string) {
	if t.out == nil {
		t.out = make([]byte, 0, len(t.body)+len(t.body)/8)
	}
	t.out = append(append(t.out, t.body[t.done:token.Span.Start]...), text...)
	t.done = token.Span.End
}

// comment writes a comment, but not what browsers merely take for one.
func (t *tamer) comment(token Token, raw []byte) error {
	if t.elements++; t.elements > maxElements {
		return &LimitError{"elements", maxElements, token.Span.Start}
	}
	if len(raw) < len("<!---->") || !bytes.HasPrefix(raw, []byte("<!--")) || !bytes.HasSuffix(raw, []byte("-->")) {
		t.put(token, "")
	}
	return nil
}

// start writes a start tag, or drops it.
func (t *tamer) start(token Token, raw []byte) error {
	t.raw = isListing(token.Name)
	if t.raw {
		t.put(token, "\n<pre>")
		return nil
	}
	if isUnwrapped(token.Name) {
		t.put(token, "")
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
	if !isVoid(token.Name) && !(t.stack.foreign() && whole(raw).Self) {
		t.stack.push(token.Name, 0)
		if isPrefixed(token.Name) {
			t.depth++
		}
	}
	if len(t.stack.open) > maxHTMLDepth {
		t.put(token, "")
	} else if len(raw) > 2*maxAttrs {
		if attrs := whole(raw).Attrs; len(attrs) > maxAttrs {
			t.put(token, string(raw[:attrs[maxAttrs-1].Span.End])+">")
		}
	}
	return nil
}

// whole is the token of a tag with all that a lean one lacks.
func whole(tag []byte) (t Token) {
	(&scanner{text: tag}).next(&t)
	return t
}

// end writes an end tag, unless its start tag was dropped.
func (t *tamer) end(token Token) {
	switch {
	case isListing(token.Name):
		t.put(token, "</pre>\n")
	case isUnwrapped(token.Name):
		t.put(token, "")
	default:
		at := t.stack.closes(token.Name)
		if at >= 0 {
			t.closeTo(at)
		}
		if at >= maxHTMLDepth {
			t.put(token, "")
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
