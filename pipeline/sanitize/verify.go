package sanitize

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// verify returns an error unless a cleaned body is what was promised: read by bluemonday's own tokenizer
// it holds nothing but text, remarks and elements that the policy keeps as they are, and it nests as it
// is written. approved are tags, in order, that bluemonday kept in the pass that made the body; it is asked
// about every other tag with attributes. Since all elements may stand without attributes and none that
// holds raw text may stand at all, each of its answers depends on that one tag.
func (p *Policy) verify(body []byte, approved []approval) error {
	p.make()
	v := p.verifiers.Get().(*verifier)
	defer p.verifiers.Put(v)
	v.begin(p, body, approved)
	defer v.begin(p, nil, nil) // So that nothing of it is kept.
	for v.err == nil {
		tt := v.z.Next()
		if tt == html.ErrorToken {
			break
		}
		v.token(tt)
	}
	if v.err != nil {
		return v.err
	}
	switch {
	case len(v.z.Raw()) > 0:
		return errors.New("it ends inside a tag")
	case len(v.nest.stack) > 0:
		return fmt.Errorf("element %s is not closed", v.nest.top().name)
	case bytes.HasSuffix(body, []byte("<")), bytes.HasSuffix(body, []byte("</")):
		return errors.New("it ends where a tag begins")
	}
	return p.keeps(v.asked.Bytes())
}

// A verifier looks at the tokens of a cleaned body.
type verifier struct {
	p        *Policy
	from     *bytes.Reader
	z, fresh html.Tokenizer // the tokenizer of from, and as it is before it reads
	nest     *nesting
	approved []approval
	tag      []byte          // the start tag in hand
	asked    bytes.Buffer    // the tags to ask bluemonday about
	known    map[string]bool // those of them that are short
	err      error
}

// newVerifier returns a verifier for one body after another.
func newVerifier() *verifier {
	v := &verifier{from: bytes.NewReader(nil), nest: newNesting(), known: map[string]bool{}}
	v.fresh = *html.NewTokenizer(v.from)
	v.nest.insert = func(tag string) { v.fault("misses " + tag) }
	v.nest.after = v.nest.insert
	v.nest.dropped = func(what, why string) { v.fault("holds " + what + ": " + why) }
	return v
}

// maxKeptRoom is how many bytes of room are kept from one body to the next.
const maxKeptRoom = 64 << 10

// begin makes the verifier ready for a body.
func (v *verifier) begin(p *Policy, body []byte, approved []approval) {
	v.from.Reset(body)
	v.p, v.z, v.approved, v.err = p, v.fresh, approved, nil
	v.nest.reset()
	v.asked.Reset()
	if v.asked.Cap() > maxKeptRoom || cap(v.tag) > maxKeptRoom {
		v.asked, v.tag = bytes.Buffer{}, nil
	}
	clear(v.known)
}

func (v *verifier) fault(what string) {
	if v.err == nil {
		v.err = errors.New(what)
	}
}

func (v *verifier) token(tt html.TokenType) {
	raw := v.z.Raw()
	switch tt {
	case html.TextToken:
		if bytes.IndexByte(raw, 0) >= 0 {
			v.fault("holds a NUL character")
		}
		blank := blankText(raw)
		if !blank && v.nest.top().name == "iframe" {
			v.fault("holds text in an iframe")
		}
		v.nest.text(blank)
	case html.StartTagToken, html.SelfClosingTagToken:
		if e := v.element(v.start(raw)); e != nil {
			v.nest.start(e.name, e.class, "")
		}
	case html.EndTagToken:
		name := plainName(raw[2:])
		if len(name) != len(raw)-len("</>") {
			name, _ = v.z.TagName()
		}
		if e := v.element(name); e != nil {
			v.nest.end(e.name, e.class)
		}
	case html.CommentToken:
		if !v.p.comments || !plainComment(raw, true) {
			v.fault("holds a comment")
		}
	default:
		v.fault("holds a doctype")
	}
}

// start sees to it that bluemonday keeps a start tag, and returns its name.
func (v *verifier) start(raw []byte) (name []byte) {
	next := approval{}
	if len(v.approved) > 0 {
		next = v.approved[0]
	}
	name = plainName(raw[1:])
	bare := len(name) > 0 && len(name) == len(raw)-len("<>")
	kept := len(raw) == len(next.tag)+len(next.wrote) && (bytes.Equal(raw, next.tag) || string(raw) == next.wrote)
	if (bare || kept && len(name) > 0) && string(name) != "iframe" {
		if kept {
			v.approved = v.approved[1:]
		}
		return name
	}
	v.tag = append(v.tag[:0], raw...) // The tokenizer may change it.
	name, more := v.z.TagName()
	frame := string(name) == "iframe"
	switch {
	case frame && !v.addressed(more):
		v.fault("holds an iframe without an address")
	case kept, more && !frame && v.reads(name, next.wrote):
		v.approved = v.approved[1:]
	case more:
		v.ask(frame)
	}
	return name
}

// plainName is the name that begins a tag, if that is of small letters and digits alone, as TagName would have it; else nothing.
func plainName(tag []byte) []byte {
	for i, c := range tag {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c == '>', c == '/', isSpace(c):
			return tag[:i]
		default:
			return nil
		}
	}
	return nil
}

// addressed tells whether the start tag in hand has an address; more, whether it has attributes.
func (v *verifier) addressed(more bool) bool {
	for more {
		var key []byte
		if key, _, more = v.z.TagAttr(); string(key) == "src" {
			return true
		}
	}
	return false
}

// reads tells whether the start tag in hand, of a name, has the attributes that bluemonday wrote.
func (v *verifier) reads(name []byte, wrote string) bool {
	rest, ok := strings.CutPrefix(wrote, "<"+string(name)+" ")
	for more := true; more && ok; {
		var key, value []byte
		key, value, more = v.z.TagAttr()
		if string(value) == "" || string(value) == "#" {
			if k := string(key); voidAddress(k, string(value)) && v.p.allows(string(name), k)&anyAddress != 0 {
				continue
			}
		}
		rest, ok = cutAttr(rest, string(key), string(value))
	}
	return ok && (rest == ">" || rest == "")
}

// ask puts the tag in hand to those that bluemonday is asked about, the short ones once.
func (v *verifier) ask(frame bool) {
	if len(v.tag) <= maxRemembered {
		if v.known[string(v.tag)] {
			return
		}
		if len(v.known) < maxAnswers {
			v.known[string(v.tag)] = true
		}
	}
	v.asked.Write(v.tag)
	if frame { // Else what follows would be text in it.
		v.asked.WriteString("</iframe>")
	}
}

// element is the one of a name, which must be one that the policy keeps.
func (v *verifier) element(name []byte) *element {
	e := v.p.elements[string(name)]
	if e == nil {
		v.fault("holds element " + clip(string(name)))
	}
	return e
}

// keeps returns an error unless bluemonday, given HTML, writes every token of it as it is.
func (p *Policy) keeps(tokens []byte) error {
	if len(tokens) == 0 {
		return nil
	}
	p.make()
	k := &keeper{z: html.NewTokenizer(bytes.NewReader(tokens))}
	if err := p.engine.SanitizeReaderToWriter(bytes.NewReader(tokens), k); err != nil {
		return err
	}
	if k.z.Next() != html.ErrorToken || len(k.z.Raw()) > 0 {
		return errors.New("bluemonday drops what comes last")
	}
	return nil
}

// A keeper is a Writer that compares what bluemonday writes with the tokens that it reads.
type keeper struct{ z *html.Tokenizer }

// Write is WriteString.
func (k *keeper) Write(b []byte) (int, error) { return k.WriteString(string(b)) }

// WriteString compares one token. Its error stops bluemonday.
func (k *keeper) WriteString(s string) (int, error) {
	k.z.Next()
	if string(k.z.Raw()) != s {
		if t := k.z.Token(); !same(t, s) {
			return 0, fmt.Errorf("bluemonday makes %q of %q", clip(s), clip(t.String()))
		}
	}
	return len(s), nil
}

// same tells whether what bluemonday wrote is the token, apart from how it spells addresses.
func same(t html.Token, wrote string) bool {
	if t.String() == wrote {
		return true
	}
	z := html.NewTokenizer(strings.NewReader(wrote))
	z.Next()
	w := z.Token()
	if w.Type != t.Type || w.Data != t.Data || len(t.Attr) == 0 {
		return false
	}
	next := 0
	for _, a := range t.Attr {
		if voidAddress(a.Key, a.Val) {
			continue
		}
		if next == len(w.Attr) || a.Key != w.Attr[next].Key ||
			a.Val != w.Attr[next].Val && !(isAddress(a.Key) && sameURL(a.Val, w.Attr[next].Val)) && !(a.Key == "style" && standsAs(a.Val, w.Attr[next].Val)) {
			return false
		}
		next++
	}
	return next == len(w.Attr)
}

func clip(s string) string {
	if len(s) > 80 {
		return s[:80] + "…"
	}
	return s
}
