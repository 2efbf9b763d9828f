package sanitize

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"copydesk/pipeline"
)

// start takes the start tag in hand. It returns true when bluemonday is to be asked about it:
// what it has to read stands in c.serving then, and settle takes its answer.
func (c *cleaning) start() bool {
	t := c.at
	if !c.p.elements[t.name] {
		c.unwrap()
		return false
	}
	frame := t.name == "iframe"
	if len(t.attrs) == 0 {
		if frame {
			c.unwrap()
		} else {
			c.keepStart(t, nil)
		}
		return false
	}
	q := question{open: true, tag: t, clean: make([]html.Attribute, 0, len(t.attrs)), source: make([]int, 0, len(t.attrs))}
	same := !t.renamed
	for i, a := range t.attrs {
		clean, why := c.value(t.name, a)
		if why == "" && voidAddress(a.Key, clean) && c.p.links[t.name+" "+a.Key] {
			continue
		}
		if why != "" {
			same = false
			continue
		}
		same = same && clean == a.Val
		q.clean = append(q.clean, html.Attribute{Key: a.Key, Val: clean})
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
	if answer, ok := c.answers[string(c.serving)]; ok {
		c.asked.wrote, c.serving = answer, nil
		c.settle()
		return false
	}
	c.asked.served = c.serving
	return true
}

// value cleans the value of an attribute before the policy sees it; why says why it can't be.
func (c *cleaning) value(element string, a html.Attribute) (clean, why string) {
	switch a.Key {
	case "href", "src", "cite", "poster":
		if k, why, ok := activeAttr(a.Key, a.Val); ok && k != eventHandler {
			return "", why
		}
		if voidAddress(a.Key, a.Val) {
			return a.Val, ""
		}
		return cleanURL(a.Val)
	case "srcset":
		return cleanSrcset(a.Val)
	case "style":
		if c.p.attrs[element+" style"] {
			return cleanStyle(a.Val)
		}
	case "id", "name":
		if classes()[element]&heading == 0 && clobbers(a.Val) {
			return "", "scripts of the page would find it in place of a property of the document"
		}
	}
	return a.Val, ""
}

// isAddress tells of the attributes whose address bluemonday checks.
func isAddress(name string) bool { return name == "href" || name == "src" || name == "cite" }

// voidAddress tells of an address that leads nowhere: bluemonday takes it, though it harms nobody.
func voidAddress(name, value string) bool { return isAddress(name) && (value == "" || value == "#") }

// maxAnswers is how many answers of bluemonday are remembered in a body, about tags of so many bytes:
// the same short tags come again and again.
const (
	maxAnswers    = 1000
	maxRemembered = 200
)

// settle takes bluemonday's answer about the tag that it was served last.
func (c *cleaning) settle() {
	q := c.asked
	if !q.open {
		return
	}
	c.asked.open = false
	if len(q.served) > 0 && len(q.served) <= maxRemembered && len(c.answers) < maxAnswers {
		c.answers[string(q.served)] = q.wrote
	}
	if q.wrote == "" || q.tag.name == "iframe" && !q.addressed() {
		c.unwrap()
		return
	}
	c.keepStart(q.tag, &q)
	c.flush()
}

// unwrap drops the start tag in hand and keeps what stands in the element, if that is shown.
func (c *cleaning) unwrap() {
	t := c.at
	k, why := anythingElse, "policy "+c.p.name+" does not allow it; its text stays"
	if c.nest.classes[t.name]&void != 0 {
		why = "policy " + c.p.name + " does not allow it"
	}
	switch t.name {
	case "script":
		k, why = scriptElement, "scripts run"
	case "object", "embed", "iframe", "frame", "applet", "portal", "fencedframe":
		k, why = scriptElement, "it embeds a page or a program; its text stays"
		if c.p.elements[t.name] {
			why = "policy " + c.p.name + " does not embed pages of that host; its text stays"
		}
	case "style":
		why = "style sheets change the page around the article"
	case "title":
		why = "no browser shows it in a body"
	}
	c.lost.add(k, c.span(), "element "+t.name, why)
	if t.name == "script" || t.name == "style" || t.name == "title" {
		c.hide, c.hidden = t.name, -1
		if n := len(c.lost.list); c.lost.more == 0 {
			c.hidden = n - 1
		}
	}
	c.lostWithElement(t)
	c.delete()
}

// lostWithElement tells of the attributes that go with their element, if they are dangerous or are a text.
func (c *cleaning) lostWithElement(t token) {
	next := 0
	for _, s := range t.spans {
		if next == len(t.attrs) || s.name != t.attrs[next].Key {
			continue
		}
		a := t.attrs[next]
		next++
		span := pipeline.Span{Start: t.start + s.start, End: t.start + s.end}
		what := "attribute " + a.Key + " of " + t.name
		if k, why, ok := activeAttr(a.Key, a.Val); ok {
			c.lost.add(k, span, what, why)
		} else if a.Key == "alt" && strings.TrimSpace(a.Val) != "" {
			c.lost.add(altLost, span, what, "it goes with the picture")
		}
	}
}

// keepStart keeps a start tag with those of its attributes that the policy keeps.
func (c *cleaning) keepStart(t token, q *question) {
	href := ""
	if t.name == "a" && q != nil && strings.Contains(q.wrote, ` href="`) {
		for _, a := range q.clean {
			if a.Key == "href" {
				href = a.Val
			}
		}
	}
	if c.mode != parts && !c.nest.start(t.name, reopening(t.name, href)) {
		c.delete()
		return
	}
	c.kept()
	if q != nil {
		edits := len(c.edits)
		c.attrs(q)
		if len(c.edits) == edits && !t.renamed {
			c.approved = append(c.approved, c.body[t.start:t.end])
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
	raw := c.body[q.tag.start:q.tag.end]
	c.addFrameAttrs(q)
	first, asked := 0, 0
	kept, rest := nextKey(q.wrote)
	for _, s := range q.tag.spans {
		name := s.name
		span := c.attrSpan(q.tag, s)
		what := "attribute " + name + " of " + q.tag.name
		if first >= len(q.tag.attrs) || q.tag.attrs[first].Key != name {
			c.lost.add(anythingElse, span, what, "the tag has it already")
			c.drop(q.tag, s)
			continue
		}
		was := q.tag.attrs[first]
		first++
		for asked < len(q.source) && q.source[asked] < first-1 {
			asked++
		}
		if voidAddress(name, was.Val) && c.p.links[q.tag.name+" "+name] {
			continue
		}
		if asked == len(q.source) || q.source[asked] != first-1 || kept != name {
			k, why := c.reason(q.tag.name, was)
			c.lost.add(k, span, what, why)
			c.drop(q.tag, s)
			continue
		}
		kept, rest = nextKey(rest)
		if name == "style" {
			c.style(q, s, was.Val)
		} else if clean := q.clean[asked].Val; clean != was.Val {
			c.setValue(q.tag, s, clean)
			if name == "sandbox" || name == "allow" {
				c.lost.add(anythingElse, span, "value of "+name+" of "+q.tag.name, "all frames have the same rights")
			}
		} else if bytes.IndexByte(raw[s.start:s.end], 0) >= 0 {
			c.setValue(q.tag, s, was.Val)
		}
	}
}

func (c *cleaning) attrSpan(t token, s attrSpan) pipeline.Span {
	return pipeline.Span{Start: t.start + s.start, End: t.start + s.end}
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

// reason says why the policy took an attribute.
func (c *cleaning) reason(element string, a html.Attribute) (kind, string) {
	if k, why, ok := activeAttr(a.Key, a.Val); ok {
		return k, why
	}
	if _, why := c.value(element, a); why != "" {
		return anythingElse, why
	}
	switch a.Key {
	case "alt":
		return altLost, "policy " + c.p.name + " does not allow it"
	case "style":
		if !c.p.attrs[element+" style"] {
			return anythingElse, "inline styles change the page around the article"
		}
		return anythingElse, "policy " + c.p.name + " allows none of its properties"
	}
	if c.p.attrs[element+" "+a.Key] {
		return anythingElse, "policy " + c.p.name + " does not allow this value"
	}
	return anythingElse, "policy " + c.p.name + " does not allow it"
}

// drop deletes an attribute and what separates it from the one before.
func (c *cleaning) drop(t token, s attrSpan) {
	with := ""
	if next := c.body[t.start+s.end]; next != '>' && !isSpace(next) {
		with = " "
	}
	c.edit(t.start+s.lead, t.start+s.end, with)
}

// setValue writes an attribute with another value.
func (c *cleaning) setValue(t token, s attrSpan, value string) {
	value = escape(value)
	switch s.quote {
	case '"':
	case '\'':
		value = strings.ReplaceAll(value, "'", "&#39;")
	default:
		value = `"` + value + `"`
	}
	if s.value.Len() == 0 && s.quote == 0 { // Without a value until now.
		if value != `""` {
			c.edit(t.start+s.start, t.start+s.end, s.name+"="+value)
		}
		return
	}
	c.edit(t.start+s.value.Start, t.start+s.value.End, value)
}
