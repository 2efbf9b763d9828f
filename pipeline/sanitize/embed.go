package sanitize

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"github.com/microcosm-cc/bluemonday"
)

// What every iframe that stays is given: players need scripts and their own origin, and nothing else.
// Their host is another one than the page's, so that the two together open no way out of the sandbox.
const (
	frameSandbox = "allow-scripts allow-same-origin allow-popups allow-presentation"
	frameAllow   = "encrypted-media; fullscreen; picture-in-picture"
)

// frameAttrs are the attributes that an iframe has whatever its author wrote, in this order.
var frameAttrs = []html.Attribute{{Key: "sandbox", Val: frameSandbox}, {Key: "allow", Val: frameAllow}}

// isHost tells whether a word is the name of a host, or *. and one.
func isHost(word string) bool {
	name := strings.TrimPrefix(word, "*.")
	labels := strings.Split(name, ".")
	for _, l := range labels {
		if !isKey(l) || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
	}
	return len(labels) > 1 && len(name) <= 253
}

// allowFrames has bluemonday keep an iframe whose address is of one of the hosts.
func (p *Policy) allowFrames(compiled compiler) {
	var hosts []string
	for _, h := range p.def.embeds.sorted() {
		below, all := strings.CutPrefix(h, "*.")
		if h = regexp.QuoteMeta(below); all {
			h = `(?:[a-z0-9-]{1,63}\.){1,8}` + h
		}
		hosts = append(hosts, h)
	}
	one := map[string]string{
		"src":             `(?i:https://(?:` + strings.Join(hosts, "|") + `))(?:[/?#]\S*)?`,
		"sandbox":         regexp.QuoteMeta(frameSandbox),
		"allow":           regexp.QuoteMeta(frameAllow),
		"width":           attributeWords["length"],
		"height":          attributeWords["length"],
		"title":           attributeWords["any"],
		"loading":         `(?i:lazy|eager)`,
		"allowfullscreen": attributeWords["boolean"],
	}
	p.allow("iframe")
	p.engine.AllowElements("iframe")
	p.engine.AllowNoAttrs().OnElements("iframe")
	for key, pattern := range one {
		allow := p.engine.AllowAttrs(key)
		if pattern != "" {
			allow = allow.Matching(compiled.get(pattern))
		}
		allow.OnElements("iframe")
		p.note(key, []string{"iframe"}, allowed)
	}
	p.engine.RequireSandboxOnIFrame(bluemonday.SandboxAllowScripts, bluemonday.SandboxAllowSameOrigin,
		bluemonday.SandboxAllowPopups, bluemonday.SandboxAllowPresentation)
}

// frame makes the attributes that bluemonday is asked about those that an iframe is to have. A source
// of -1 is an attribute that the tag does not have yet.
func (q *question) frame() (changed bool) {
	for _, want := range frameAttrs {
		found := false
		for i := range q.clean {
			if q.clean[i].Key == want.Key {
				changed = changed || q.clean[i].Val != want.Val
				q.clean[i].Val, found = want.Val, true
			}
		}
		if !found {
			q.clean, q.source, changed = append(q.clean, want), append(q.source, -1), true
		}
	}
	return changed
}

// addressed tells whether bluemonday kept the address of an iframe. Without one it shows nothing.
func (q *question) addressed() bool { return strings.Contains(q.wrote, ` src="`) }

// closeFrame sees to it that an iframe that stays holds nothing: what stands in it is text to one parser,
// and markup to the next. What no browser shows goes; where the iframe does not end, it ends at once.
func (c *cleaning) closeFrame() {
	if c.scan.raw == "iframe" && endsRaw(c.body[c.at.end:], "iframe") {
		c.scan.raw, c.framed = "title", true // Text that no browser shows.
		return
	}
	c.inserted = append(c.inserted, "</iframe>")
	if c.mode != parts {
		c.nest.pop()
	}
}

// fallback deletes what stands in an iframe that stays.
func (c *cleaning) fallback(t *token) {
	if len(bytes.TrimLeft(c.body[t.start:t.end], " \t\n\r\f")) == 0 {
		return
	}
	c.edit(t.start, t.end, "")
	c.lost.add(anythingElse, c.span(), "content of an iframe", "no browser shows it")
}

// endsRaw tells whether the end tag of an element that holds raw text stands in what follows its start tag.
func endsRaw(rest []byte, name string) bool {
	for {
		at := bytes.Index(rest, []byte("</"))
		if at < 0 {
			return false
		}
		rest = rest[at+2:]
		if len(rest) > len(name) && bytes.EqualFold(rest[:len(name)], []byte(name)) &&
			(isSpace(rest[len(name)]) || rest[len(name)] == '/' || rest[len(name)] == '>') {
			return bytes.IndexByte(rest, '>') >= 0
		}
	}
}

// addFrameAttrs writes the attributes that an iframe is to have and has not.
func (c *cleaning) addFrameAttrs(q *question) {
	text := ""
	for i, a := range q.clean {
		if q.source[i] < 0 {
			text += " " + a.Key + `="` + escape(a.Val) + `"`
		}
	}
	if at := q.tag.start + 1 + len(q.tag.name); text != "" {
		c.edit(at, at, text)
	}
}
