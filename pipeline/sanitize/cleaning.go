package sanitize

import (
	"bytes"
	"cmp"
	"io"
	"strings"

	"golang.org/x/net/html"

	"copydesk/pipeline"
)

// A cleaning is one pass over a body. It is the Reader that bluemonday reads from, which serves one
// start tag with attributes per read, and the Writer that it writes what it keeps of that tag to.
type cleaning struct {
	p        *Policy
	mode     mode
	body     []byte
	scan     *scanner
	nest     *nesting
	edits    []pipeline.Edit
	inTags   int    // how many of the edits, which are all there were then, change no more than the attributes of a tag
	done     []byte // what edits that were too many to be kept made of the body up to doneTo
	doneTo   int
	err      error
	approved []approval
	lost     losses
	answers  *answers // of bluemonday
	asked    question // the tag that bluemonday has in hand
	serving  []byte   // what is left to be read of it
	room     []byte   // for what is served of plain tags
	framed   bool     // an iframe that stays is open
	hide     string   // the script, style or title element whose text goes

	at       token    // the token in hand
	inserted []string // behind it
	// tail is the end of the last text that stays, as long as nothing that stays follows it but text;
	// fused is true when something between that and the next text was deleted.
	tail  int
	fused bool
}

// A question is a start tag that bluemonday is asked about.
type question struct {
	open   bool
	tag    *token           // which is the one in hand
	clean  []html.Attribute // what it is asked: the addresses cleaned, what can't be cleaned left out
	source []int            // for each of clean the index in tag.attrs, -1 for none
	served []byte           // how it was asked
	wrote  string

	plain bool   // it is about those of the attributes of a plain tag that have the indexes in source
	keeps []bool // which of them all stay
}

// A mode is what the bytes of a cleaning are.
type mode int

const (
	fragment mode = iota // the HTML of a body
	rendered             // the HTML that Markdown gives: its author may comment out markup
	parts                // the raw HTML in Markdown, all else blanked; how it nests only rendering tells
)

// run takes a body through the policy.
func (p *Policy) run(body []byte, m mode) (*cleaning, error) {
	p.make()
	d := p.desks.Get().(*desk)
	defer func() {
		d.nest.insert, d.nest.after, d.nest.dropped = nil, nil, nil // They hold the body.
		p.desks.Put(d)
	}()
	d.nest.reset()
	c := &cleaning{p: p, mode: m, body: body, scan: newScanner(body, 0, false), nest: d.nest, tail: -1, answers: &d.answers}
	c.nest.insert = func(tag string) { c.edit(c.at.start, c.at.start, tag); c.tail = -1 }
	c.nest.after = func(tag string) { c.inserted = append(c.inserted, tag) }
	c.nest.dropped = func(what, why string) {
		if what != "" {
			c.lost.add(anythingElse, c.span(), what, why)
		}
	}
	if err := p.engine.SanitizeReaderToWriter(c, c); err != nil {
		return nil, err
	}
	c.finish()
	return c, c.err
}

func (c *cleaning) span() pipeline.Span { return pipeline.Span{Start: c.at.start, End: c.at.end} }

func (c *cleaning) edit(start, end int, text string) {
	c.edits = append(c.edits, pipeline.Edit{Start: start, End: end, Text: text})
}

// relieve makes the edits that there are, all of them up to the end of the token in hand.
func (c *cleaning) relieve() {
	if c.tail >= 0 {
		c.seam(c.tail)
		c.tail = -1
	}
	c.done, c.err = c.result(c.at.end)
	c.doneTo, c.edits = c.at.end, c.edits[:0]
}

// result is what the edits make of the body up to an offset.
func (c *cleaning) result(end int) ([]byte, error) {
	for i := range c.edits {
		c.edits[i].Start -= c.doneTo
		c.edits[i].End -= c.doneTo
	}
	sorted, err := pipeline.SortEdits(c.edits, end-c.doneTo)
	if err != nil || c.err != nil {
		return c.done, cmp.Or(c.err, err)
	}
	return append(c.done, pipeline.ApplyEdits(c.body[c.doneTo:end], sorted)...), nil
}

// Read serves the next tag to ask about. All tokens up to it are settled on the way.
func (c *cleaning) Read(b []byte) (int, error) {
	if len(c.serving) == 0 {
		c.settle()
		if !c.advance() {
			return 0, io.EOF
		}
	}
	n := copy(b, c.serving)
	c.serving = c.serving[n:]
	return n, nil
}

// Write takes what bluemonday keeps of the tag it was served last.
func (c *cleaning) Write(b []byte) (int, error) { return c.WriteString(string(b)) }

// WriteString is Write.
func (c *cleaning) WriteString(s string) (int, error) {
	c.asked.wrote += s
	return len(s), nil
}

// advance goes on to the next tag that bluemonday is to be asked about.
func (c *cleaning) advance() bool {
	for {
		if len(c.edits) > maxEdits && c.mode != parts {
			c.relieve()
		}
		if !c.scan.next(&c.at) {
			return false
		}
		t := &c.at
		if c.hide != "" && c.hiding(t) {
			continue
		}
		switch t.kind {
		case text, literal, hidden:
			c.text(t)
		case startTag:
			if c.start() {
				return true
			}
		case endTag:
			c.end(t)
		default:
			c.other(t)
		}
		c.flush()
	}
}

// flush writes what is to stand behind the token in hand.
func (c *cleaning) flush() {
	for _, tag := range c.inserted {
		c.edit(c.at.end, c.at.end, tag)
		c.tail = -1
	}
	c.inserted = c.inserted[:0]
}

// delete takes the token in hand away. Where it broke a line between two words, a line break stays.
func (c *cleaning) delete() {
	with := ""
	if c.nest.classes[c.at.name]&breaks != 0 && c.fusesWords() {
		with = "\n"
	}
	c.edit(c.at.start, c.at.end, with)
	c.fused = true
}

func (c *cleaning) fusesWords() bool {
	start, end := c.at.start, c.at.end
	return start > 0 && end < len(c.body) && !isSpace(c.body[start-1]) && !isSpace(c.body[end])
}

// hiding deletes what stands between <script> and </script>, and tells whether t was that.
func (c *cleaning) hiding(t *token) bool {
	if t.kind == hidden {
		c.delete()
		return true
	}
	ends := t.kind == endTag && t.name == c.hide
	if ends {
		c.delete()
	}
	c.hide = ""
	return ends
}

// text keeps text that is shown. Its source bytes stay, but for what would read otherwise where it stands now.
func (c *cleaning) text(t *token) {
	raw := c.body[t.start:t.end]
	if t.kind == hidden {
		c.fallback(t)
		return
	}
	if c.mode == parts {
		return
	}
	c.nest.text(blankText(raw))
	if c.fused && c.tail >= 0 {
		c.seam(c.tail)
	}
	c.fused, c.tail = false, t.end
	if t.kind == literal {
		if out := escape(t.decoded); out != string(raw) {
			c.edit(t.start, t.end, out)
		}
		c.tail = -1
		return
	}
	if bytes.HasSuffix(raw, []byte("</")) { // Where the tokenizer's input ended.
		c.seam(t.end)
		c.tail = -1
	}
	c.nul(t.start, t.end)
}

// nul replaces NUL characters, which no parser keeps.
func (c *cleaning) nul(start, end int) {
	for at := start; ; at++ {
		n := bytes.IndexByte(c.body[at:end], 0)
		if n < 0 {
			return
		}
		at += n
		c.edit(at, at+1, "\ufffd")
		c.lost.add(anythingElse, pipeline.Span{Start: at, End: at + 1}, "NUL character", "parsers drop it; it becomes U+FFFD")
	}
}

// seam escapes the end of a text, at offset end, that would become part of a tag or of a character
// reference with what follows it now.
func (c *cleaning) seam(end int) {
	start := end
	for start > 0 && end-start < 40 && isReference(c.body[start-1]) {
		start--
	}
	switch {
	case start > 0 && c.body[start-1] == '&':
		start--
	case start == end && end > 0 && c.body[end-1] == '<':
		start = end - 1
	case start == end && end > 1 && c.body[end-1] == '/' && c.body[end-2] == '<':
		start = end - 2
	default:
		return
	}
	raw := string(c.body[start:end])
	if out := escape(html.UnescapeString(raw)); out != raw {
		c.edit(start, end, out)
	}
}

func isReference(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '#'
}

// end takes an end tag.
func (c *cleaning) end(t *token) {
	e := c.p.elements[t.name]
	if e == nil || t.name == "iframe" && !c.framed {
		c.delete()
		return
	}
	c.framed = c.framed && t.name != "iframe"
	if c.mode != parts && !c.nest.end(t.name, e.class) {
		c.edit(t.start, t.end, "")
		c.fused = true
		return
	}
	c.kept()
	raw := c.body[t.start:t.end]
	if rest := bytes.TrimRight(raw[2+len(t.name):len(raw)-1], " \t\n\r\f"); len(rest) > 0 {
		c.edit(t.start, t.end, "</"+t.name+">")
		c.lost.add(anythingElse, c.span(), "attributes of an end tag", "end tags have none")
	}
}

// kept notes that a tag stays between the last text and what follows.
func (c *cleaning) kept() { c.fused, c.tail = false, -1 }

// other takes comments, declarations and unfinished tags.
func (c *cleaning) other(t *token) {
	switch {
	case t.kind == comment && c.p.comments && plainComment(c.body[t.start:t.end], c.mode != fragment):
		c.kept()
		return
	case t.kind == unfinished:
		c.lost.add(anythingElse, c.span(), "unfinished tag", "the body ends inside it")
	case t.kind == comment:
		c.lost.add(anythingElse, c.span(), "comment", c.commentReason())
	default:
		c.lost.add(anythingElse, c.span(), "doctype", "a body has none")
	}
	c.delete()
}

func (c *cleaning) commentReason() string {
	if !c.p.comments {
		return "policy " + c.p.name + " does not allow it"
	}
	return "policy " + c.p.name + " keeps plain remarks only"
}

// plainComment tells whether a comment is a remark such as <!--more-->: no directive for a browser or a
// server, and, unless it is the author's own, no markup and no dashes that parsers could take for its end.
func plainComment(raw []byte, own bool) bool {
	inside, opened := bytes.CutPrefix(raw, []byte("<!--"))
	inside, closed := bytes.CutSuffix(inside, []byte("-->"))
	if !opened || !closed || len(inside) == 0 || bytes.IndexByte(inside, 0) >= 0 || bytes.IndexByte([]byte("#>"), inside[0]) >= 0 ||
		bytes.HasPrefix(inside, []byte("->")) || bytes.Contains(inside, []byte("[if")) || bytes.Contains(inside, []byte("[endif")) {
		return false
	}
	return own || !bytes.ContainsAny(inside, "<>") && !bytes.Contains(inside, []byte("--")) && !bytes.HasSuffix(inside, []byte("-"))
}

// finish ends what the body leaves open.
func (c *cleaning) finish() {
	end := len(c.body)
	if c.mode == parts {
		return
	}
	if c.tail >= 0 {
		c.fragmentEnd()
	}
	at := end
	for at > 0 && c.tail == end && isSpace(c.body[at-1]) {
		at--
	}
	c.at = token{start: at, end: at}
	for len(c.nest.stack) > 0 {
		e := c.nest.pop()
		c.edit(at, at, "</"+e.name+">")
	}
}

// fragmentEnd escapes a last < or </, which would join with what a page puts behind the body.
func (c *cleaning) fragmentEnd() {
	if raw := c.body[:c.tail]; bytes.HasSuffix(raw, []byte("<")) || bytes.HasSuffix(raw, []byte("</")) {
		c.seam(c.tail)
	}
}

// escape writes text so that it reads as text, in content and in quoted values.
func escape(s string) string {
	if !strings.ContainsAny(s, "&<>\"\x00") {
		return s
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "\x00", "\ufffd").Replace(s)
}
