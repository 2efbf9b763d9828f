package sanitize

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// start takes the start tag in hand. It returns true when bluemonday is to be asked about it:
// what it has to read stands in c.serving then, and settle takes its answer.
func (c *cleaning) start() bool {
	t := &c.at
	e := c.p.elements[t.name]
	if e == nil {
		c.unwrap()
		return false
	}
	frame := t.name == "iframe"
	if len(t.attrs) == 0 {
		if frame {
			c.unwrap()
		} else {
			c.keepStart(nil)
		}
		return false
	}
	if !c.p.whole && c.plain(e) {
		if len(c.serving) > 0 {
			return true
		}
		c.settle()
		return false
	}
	q := question{open: true, tag: t, clean: c.asked.clean[:0], source: c.asked.source[:0], keeps: c.asked.keeps}
	same := !t.renamed && len(t.attrs) < markup.MaxAttrs
	for i, a := range t.attrs {
		if t.repeats[i] {
			continue
		}
		clean, why := c.value(t.name, a)
		if why == "" && voidAddress(a.Name, clean) && e.attrs[a.Name]&anyAddress != 0 {
			continue
		}
		if why != "" {
			same = false
			continue
		}
		same = same && clean == a.Value
		q.clean = append(q.clean, html.Attribute{Key: a.Name, Val: clean})
		q.source = append(q.source, i)
	}
	if frame && q.frame() {
		same = false
	}
	c.asked = q
	if len(q.clean) == 0 {
		c.asked.wrote = "<" + t.name + ">"
		c.settle()
		c.flush()
		return false
	}
	c.serving = c.body[t.start:t.end]
	if !same || bytes.IndexByte(c.body[t.start:t.end], 0) >= 0 {
		c.serving = []byte(html.Token{Type: html.StartTagToken, Data: t.name, Attr: q.clean}.String())
	}
	if frame { // Else what bluemonday is asked next would be text in it.
		c.serving = slices.Concat(c.serving, []byte("</iframe>"))
	}
	if answer, ok := c.answers.tag(c.serving); ok {
		c.asked.wrote, c.serving = answer, nil
		c.settle()
		return false
	}
	c.asked.served = c.serving
	return true
}

// value cleans the value of an attribute before the policy sees it; why says why it can't be.
func (c *cleaning) value(element string, a markup.Attr) (clean, why string) {
	switch a.Name {
	case "href", "src", "cite", "poster":
		if plainURL(a.Value) {
			return a.Value, ""
		}
		if k, why, ok := activeAttr(a.Name, a.Value); ok && k != eventHandler {
			return "", why
		}
		if voidAddress(a.Name, a.Value) {
			return a.Value, ""
		}
		return cleanURL(a.Value)
	case "srcset":
		return cleanSrcset(a.Value)
	case "style":
		if c.p.allows(element, "style") != 0 {
			return cleanStyle(a.Value)
		}
	case "id", "name":
		if classes()[element]&heading == 0 && clobbers(a.Value) {
			return "", "scripts of the page would find it in place of a property of the document"
		}
	}
	return a.Value, ""
}

// isAddress tells of the attributes whose address bluemonday checks.
func isAddress(name string) bool { return name == "href" || name == "src" || name == "cite" }

// voidAddress tells of an address that leads nowhere: bluemonday takes it, though it harms nobody.
func voidAddress(name, value string) bool { return isAddress(name) && (value == "" || value == "#") }

// settle takes bluemonday's answer about the tag that it was served last.
func (c *cleaning) settle() {
	q := &c.asked
	if !q.open {
		return
	}
	q.open = false
	if q.plain {
		c.settlePlain()
		return
	}
	if len(q.served) > 0 {
		c.answers.learn(q.served, q.wrote)
	}
	if q.wrote == "" || q.tag.name == "iframe" && !q.addressed() {
		c.unwrap()
		return
	}
	c.keepStart(q)
	c.flush()
}

// unwrap drops the start tag in hand and keeps what stands in the element, if that is shown.
func (c *cleaning) unwrap() {
	t := &c.at
	k, why := anythingElse, "policy "+c.p.name+" does not allow it; its text stays"
	if c.nest.classes[t.name]&void != 0 {
		why = "policy " + c.p.name + " does not allow it"
	}
	switch t.name {
	case "script":
		k, why = scriptElement, "scripts run"
	case "object", "embed", "iframe", "frame", "applet", "portal", "fencedframe":
		k, why = scriptElement, "it embeds a page or a program; its text stays"
		if c.p.elements[t.name] != nil {
			why = "policy " + c.p.name + " does not embed pages of that host; its text stays"
		}
	case "style":
		why = "style sheets change the page around the article"
	case "title":
		why = "no browser shows it in a body"
	}
	c.lost.add(k, c.span(), "element "+t.name, why)
	if t.name == "script" || t.name == "style" || t.name == "title" {
		c.hide = t.name
	}
	c.lostWithElement(t)
	c.delete()
}

// lostWithElement tells of the attributes that go with their element, if they are dangerous or are a text.
func (c *cleaning) lostWithElement(t *token) {
	for i, a := range t.attrs {
		if t.repeats[i] {
			continue
		}
		what := "attribute " + a.Name + " of " + t.name
		if k, why, ok := activeAttr(a.Name, a.Value); ok {
			c.lost.add(k, a.Span, what, why)
		} else if a.Name == "alt" && strings.TrimSpace(a.Value) != "" {
			c.lost.add(altLost, a.Span, what, "it goes with the picture")
		}
	}
}

// keepStart keeps the start tag in hand with those of its attributes that the policy keeps.
func (c *cleaning) keepStart(q *question) {
	t, href := &c.at, ""
	if t.name == "a" && q != nil && strings.Contains(q.wrote, ` href="`) {
		for _, a := range q.clean {
			if a.Key == "href" {
				href = a.Val
			}
		}
	}
	if c.mode != parts && !c.nest.start(t.name, c.p.elements[t.name].class, href) {
		c.delete()
		return
	}
	c.kept()
	if q != nil {
		edits := len(c.edits)
		c.attrs(q)
		c.inTags += len(c.edits) - edits
		switch {
		case len(c.edits) == edits && !t.renamed:
			c.approved = append(c.approved, approval{tag: c.body[t.start:t.end]})
		case t.name != "iframe" && strings.Contains(q.wrote, `="`) && q.onlyDropped():
			c.approved = append(c.approved, approval{wrote: q.wrote})
		}
	} else if raw := c.body[t.start:t.end]; bytes.IndexByte(raw, 0) >= 0 {
		c.edit(t.start, t.end, "<"+t.name+">")
	}
	if t.renamed {
		c.edit(t.start+1, t.start+1+len("image"), "img")
	}
	if t.name == "iframe" {
		c.closeFrame()
	}
}

// attrs makes the edits of a tag that stays: attributes that the policy dropped go, with the space
// before them; values that were cleaned are replaced; all else keeps its bytes.
func (c *cleaning) attrs(q *question) {
	c.addFrameAttrs(q)
	if n := len(q.tag.attrs); n == markup.MaxAttrs { // There may be more, and nobody has looked at them.
		rest := pipeline.Span{Start: q.tag.attrs[n-1].Span.End, End: q.tag.end - 1}
		if len(bytes.Trim(rest.Of(c.body), " \t\n\r\f/")) > 0 {
			c.edit(rest.Start, rest.End, "")
			c.lost.add(anythingElse, rest, "attributes of "+q.tag.name, fmt.Sprintf("a tag has no more than %d", n))
		}
	}
	asked := 0
	kept, rest := nextKey(q.wrote)
	for i, a := range q.tag.attrs {
		if q.tag.repeats[i] {
			c.lost.add(anythingElse, a.Span, "attribute "+a.Name+" of "+q.tag.name, "the tag has it already")
			c.drop(q.tag, i)
			continue
		}
		for asked < len(q.source) && q.source[asked] < i {
			asked++
		}
		if voidAddress(a.Name, a.Value) && c.p.allows(q.tag.name, a.Name)&anyAddress != 0 {
			continue
		}
		if asked == len(q.source) || q.source[asked] != i || kept != a.Name {
			c.lostAttribute(q.tag.name, &a)
			c.drop(q.tag, i)
			continue
		}
		kept, rest = nextKey(rest)
		if a.Name == "style" {
			c.style(q, a)
		} else if clean := q.clean[asked].Val; clean != a.Value {
			c.setValue(a, clean)
			if a.Name == "sandbox" || a.Name == "allow" {
				c.lost.add(anythingElse, a.Span, "value of "+a.Name+" of "+q.tag.name, "all frames have the same rights")
			}
		} else if bytes.IndexByte(a.Span.Of(c.body), 0) >= 0 {
			c.setValue(a, a.Value)
		}
	}
}

// onlyDropped tells whether bluemonday left all values that it kept as they were.
func (q *question) onlyDropped() bool {
	_, rest, _ := strings.Cut(q.wrote, " ")
	for _, a := range q.clean {
		if after, ok := cutAttr(rest, a.Key, a.Val); ok {
			rest = after
		}
	}
	return rest == ">" || rest == ""
}

// cutAttr cuts an attribute with its value from the beginning of those that bluemonday wrote.
func cutAttr(wrote, key, value string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(wrote, key)
	if !ok || !strings.HasPrefix(rest, `="`) {
		return wrote, false
	}
	spelled, rest, _ := strings.Cut(rest[len(`="`):], `"`)
	return strings.TrimPrefix(rest, " "), spelled == value || html.UnescapeString(spelled) == value
}

// wroteValue is the value of an attribute in what bluemonday wrote of a tag.
func wroteValue(wrote, key string) string {
	_, rest, _ := strings.Cut(wrote, " "+key+`="`)
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

// nextKey returns the name of the first attribute in what bluemonday wrote of a tag, "" for none, and
// what stands behind it. Values hold no quotes, and the names that a policy allows are plain.
func nextKey(wrote string) (key, rest string) {
	_, rest, _ = strings.Cut(wrote, " ")
	key, rest, _ = strings.Cut(rest, `="`)
	_, rest, _ = strings.Cut(rest, `"`)
	return key, rest
}

// lostAttribute tells of an attribute that the policy took from an element.
func (c *cleaning) lostAttribute(element string, a *markup.Attr) {
	if !c.lost.full(a.Span) {
		k, why := c.reason(element, a)
		c.lost.list = append(c.lost.list, k.removal(a.Span, "attribute "+a.Name+" of "+element, why))
	}
}

// reason says why the policy took an attribute.
func (c *cleaning) reason(element string, a *markup.Attr) (kind, string) {
	if k, why, ok := activeAttr(a.Name, a.Value); ok {
		return k, why
	}
	if _, why := c.value(element, *a); why != "" {
		return anythingElse, why
	}
	switch a.Name {
	case "alt":
		return altLost, "policy " + c.p.name + " does not allow it"
	case "style":
		if c.p.allows(element, "style") == 0 {
			return anythingElse, "inline styles change the page around the article"
		}
		return anythingElse, "policy " + c.p.name + " allows none of its properties"
	}
	if c.p.allows(element, a.Name) != 0 {
		return anythingElse, "policy " + c.p.name + " does not allow this value"
	}
	return anythingElse, "policy " + c.p.name + " does not allow it"
}

// drop deletes the attribute at index i of a tag, and what separates it from the one before.
func (c *cleaning) drop(t *token, i int) {
	start, end, with := t.nameEnd, t.attrs[i].Span.End, ""
	if i > 0 {
		start = t.attrs[i-1].Span.End
	}
	if next := c.body[end]; next != '>' && !isSpace(next) {
		with = " "
	}
	c.edit(start, end, with)
}

// setValue writes an attribute with another value.
func (c *cleaning) setValue(a markup.Attr, value string) {
	value = escape(value)
	switch a.Quote {
	case '"':
	case '\'':
		value = strings.ReplaceAll(value, "'", "&#39;")
	default:
		value = `"` + value + `"`
	}
	if a.ValueSpan.Len() == 0 && a.Quote == 0 { // Without a value until now.
		if value != `""` {
			c.edit(a.Span.Start, a.Span.End, a.Name+"="+value)
		}
		return
	}
	c.edit(a.ValueSpan.Start, a.ValueSpan.End, value)
}
