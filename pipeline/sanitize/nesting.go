package sanitize

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// maxDepth is how many elements may stand in one another; what is deeper loses its tags.
const maxDepth = 256

// maxReopened bounds how many elements of a body are opened again after they had to be closed early,
// and maxReopening the length of the start tags that are written for it.
const (
	maxReopened  = 1000
	maxReopening = 1024
)

// An open is an element that has begun.
type open struct {
	name  string
	class class
	href  string // the address of a link, for the tag that opens it again
	// The places in the stack, -1 for none, of the open element that a new p, li, dd or a would end.
	p, li, dd, a int
}

// A nesting follows the tags that are kept, in order, and says what must be inserted or dropped so that
// a parser's tree is what the tags say: then nothing leaks out of the body, and every parser, in any
// place, reads the same tree. It asks for nothing where that is so already.
type nesting struct {
	classes  map[string]class
	stack    []open
	count    [maxNumber]uint16 // open elements by number
	flat     map[string]int    // start tags dropped for their depth
	flatted  int
	reopened int
	insert   func(tag string)       // before the token in hand
	after    func(tag string)       // behind it
	dropped  func(what, why string) // the token in hand goes; what is empty when nothing is lost by that
}

func newNesting() *nesting {
	return &nesting{classes: classes(), stack: make([]open, 0, 16), flat: map[string]int{}}
}

// reset makes it as new, but for what it calls.
func (n *nesting) reset() {
	for len(n.stack) > 0 {
		n.pop()
	}
	clear(n.flat)
	n.flatted, n.reopened = 0, 0
}

func (n *nesting) top() open {
	if len(n.stack) == 0 {
		return open{p: -1, li: -1, dd: -1, a: -1}
	}
	return n.stack[len(n.stack)-1]
}

func (n *nesting) push(name string, c class, href string) {
	e, at := n.top(), len(n.stack)
	e.name, e.class, e.href = name, c, href
	switch {
	case name == "p":
		e.p = at
	case name == "li":
		e.li = at
	case name == "dd" || name == "dt":
		e.dd = at
	case name == "a":
		e.a = at
	}
	if c&special != 0 && name != "address" && name != "div" && name != "p" {
		if name != "li" {
			e.li = -1
		}
		if name != "dd" && name != "dt" {
			e.dd = -1
		}
	}
	if c&cell != 0 || name == "table" {
		e.p = -1
	}
	if c&cell != 0 {
		e.a = -1
	}
	n.stack = append(n.stack, e)
	n.count[c.number()]++
}

func (n *nesting) pop() open {
	e := n.top()
	n.stack = n.stack[:len(n.stack)-1]
	n.count[e.class.number()]--
	return e
}

// closeTo closes all elements from place k up, writing their end tags.
func (n *nesting) closeTo(k int) (closed []open) {
	for len(n.stack) > k {
		e := n.pop()
		n.insert("</" + e.name + ">")
		closed = append(closed, e)
	}
	return closed
}

// again opens formatting elements again that were closed early, behind the token in hand.
func (n *nesting) again(closed []open, all bool) {
	for i := len(closed) - 1; i >= 0; i-- {
		e := closed[i]
		if e.class&formatting == 0 && !all || len(n.stack) >= maxDepth || n.reopened >= maxReopened {
			continue
		}
		n.reopened++
		n.after(reopening(e.name, e.href))
		n.push(e.name, e.class, e.href)
	}
}

// popOptional pops the elements above place k when the parser does so unasked, and tells whether it could.
func (n *nesting) popOptional(k int) bool {
	for _, e := range n.stack[k:] {
		if e.class&optional == 0 {
			return false
		}
	}
	for len(n.stack) > k {
		n.pop()
	}
	return true
}

// start takes a start tag that the policy keeps. False: it is dropped.
func (n *nesting) start(name string, c class, href string) bool {
	if !n.place(name, c) {
		return false
	}
	top := n.top()
	var cut []open
	switch {
	case name == "li" && top.li >= 0:
		cut = n.cut(top.li)
	case (name == "dd" || name == "dt") && top.dd >= 0:
		cut = n.cut(top.dd)
	case name == "a" && top.a >= 0:
		n.closeTo(top.a)
	case c&annotation != 0 && n.find("ruby", n.classes["ruby"]) >= 0:
		for t := n.top(); t.class&optional != 0 && t.class&(cell|row) == 0; t = n.top() {
			if t.name == "rtc" && (name == "rt" || name == "rp") {
				break
			}
			n.pop()
		}
	}
	if p := n.top().p; p >= 0 && c&closesP != 0 {
		if name == "table" { // In quirks mode a table does not end a p.
			cut = append(cut, n.closeTo(p)...)
		} else {
			cut = append(cut, n.cut(p)...)
		}
	}
	if c&heading != 0 && n.top().class&heading != 0 {
		n.closeTo(len(n.stack) - 1)
	}
	if c&void != 0 {
		return true
	}
	limit := maxDepth
	if name == "table" {
		limit -= 4 // Its rows and cells fit, asked for or not.
	}
	if len(n.stack) >= limit {
		n.flat[name]++
		n.flatted++
		n.dropped("element "+name, "it is nested deeper than 256 elements; its content stays")
		return false
	}
	n.push(name, c, href)
	if len(cut) <= 8 && c&row == 0 && name != "ul" && name != "ol" && name != "dl" {
		n.again(cut, false)
	}
	return true
}

// cut closes the element at place k, whose end tag the parser does not need, and those above it.
func (n *nesting) cut(k int) []open {
	if n.popOptional(k) {
		return nil
	}
	closed := n.closeTo(k + 1)
	n.pop()
	return closed
}

// place sees to it that a start tag stands where tables allow it.
func (n *nesting) place(name string, c class) bool {
	isCell := name == "td" || name == "th"
	inTable := isCell || c&row != 0 && name != "table" || name == "caption" || name == "col"
	if !inTable {
		n.content()
		return true
	}
	if n.count[n.classes["table"].number()] == 0 {
		n.dropped("element "+name, "there is no table around it; its content stays")
		return false
	}
	rank := 0
	switch name {
	case "td", "th":
		rank = 3
	case "tr":
		rank = 2
	case "col":
		rank = 1
	}
	k := len(n.stack)
	for k > 0 { // Up to the element that the new one stands in.
		t := n.stack[k-1]
		if t.name == "table" || rank == 3 && t.name == "tr" ||
			rank >= 2 && (t.name == "tbody" || t.name == "thead" || t.name == "tfoot") || name == "col" && t.name == "colgroup" {
			break
		}
		k--
	}
	if !n.popOptional(k) {
		n.closeTo(k)
	}
	if isCell && n.top().name != "tr" {
		n.open("tr")
	}
	return true
}

func (n *nesting) open(name string) {
	n.insert("<" + name + ">")
	n.push(name, n.classes[name], "")
}

// content sees to it that what is neither a row nor a cell stands in a cell.
func (n *nesting) content() {
	if n.top().class&row == 0 {
		return
	}
	if n.top().name == "colgroup" {
		n.pop()
	}
	if n.top().name != "tr" {
		n.open("tr")
	}
	n.open("td")
}

// text takes text that is shown.
func (n *nesting) text(blank bool) {
	if !blank {
		n.content()
	}
}

// end takes an end tag that the policy keeps. False: it is dropped or was replaced.
func (n *nesting) end(name string, c class) bool {
	if n.flatted > 0 && n.flat[name] > 0 {
		n.flat[name]--
		n.flatted--
		n.dropped("", "")
		return false
	}
	k := n.find(name, c)
	if k < 0 {
		n.stray(name, c)
		return false
	}
	if n.flatted > 0 {
		clear(n.flat)
		n.flatted = 0
	}
	inside := n.stack[k+1:]
	if len(inside) == 0 {
		n.pop()
		return true
	}
	if c&special != 0 {
		if !n.popOptional(k + 1) {
			n.closeTo(k + 1)
		}
		n.pop()
		return true
	}
	return n.endInline(k)
}

// endInline ends an inline element at place k that others are open in.
func (n *nesting) endInline(k int) bool {
	inside := n.stack[k+1:]
	inline, split := true, len(inside) <= 8
	for _, e := range inside {
		inline = inline && e.class&special == 0
		split = split && e.class&(splits|formatting) != 0
	}
	if !inline && !split {
		n.dropped("end tag of "+n.stack[k].name, "it stands inside an element that began later")
		return false
	}
	closed := n.closeTo(k + 1)
	n.pop()
	n.again(closed, !inline)
	return true
}

// find returns the place of the open element that an end tag ends, -1 for none.
func (n *nesting) find(name string, c class) int {
	if n.count[c.number()] == 0 {
		return -1
	}
	inTable := c&(row|cell) != 0
	for k := len(n.stack) - 1; k >= 0; k-- {
		t := n.stack[k]
		switch {
		case t.name == name:
			return k
		case t.name == "table", !inTable && t.class&cell != 0, name == "li" && (t.name == "ul" || t.name == "ol"):
			return -1
		}
	}
	return -1
}

// stray takes an end tag that ends nothing. Parsers make an empty p of </p>, and a br of </br>.
func (n *nesting) stray(name string, c class) {
	switch {
	case name == "br" || name == "p":
		n.content()
		tag := "<br>"
		if name == "p" {
			tag = "<p></p>"
		}
		n.insert(tag)
		n.dropped("", "")
	case c&void != 0:
		n.dropped("end tag of "+name, "the element has no end tag")
	default:
		n.dropped("end tag of "+name, "there is nothing that it ends")
	}
}

// reopening is the start tag that opens an element again: without attributes, but for a link's address.
func reopening(name, href string) string {
	if name != "a" || href == "" {
		return "<" + name + ">"
	}
	tag := `<a href="` + escape(href) + `">`
	if len(tag) > maxReopening {
		return "<a>"
	}
	return tag
}

// blankText tells whether text has nothing but the blanks that tables may hold between their parts.
func blankText(s []byte) bool {
	rest := bytes.TrimLeft(s, " \t\n\r\f")
	return len(rest) == 0 || rest[0] == '&' && strings.Trim(html.UnescapeString(string(rest)), " \t\n\r\f") == ""
}
