package repair

import (
	"strings"

	"copydesk/pipeline/markup"
)

var unlinkVoid = Repair{
	Name: "unlink-void", Code: "LK003", Rule: "void-link",
	Before: "<p>It rained. <a href=\"javascript:;\" class=\"report\">Report a mistake</a></p>\n",
	After:  "<p>It rained. Report a mistake</p>\n",
	on:     func(o *Options) bool { return o.UnlinkVoid },
	find:   func(b *markup.Body, _ *Set) []Found { return voidLinks(b) },
}

// voidLinks finds links of which the address is a program that does nothing. What other links lead to stays a place.
func voidLinks(b *markup.Body) (out []Found) {
	places := linked(b)
	for _, l := range b.Links {
		if l.Element < 0 || markup.ScriptScheme(l.URL) == "" || !DoesNothing(strings.ToLower(strings.TrimSpace(l.URL))) {
			continue
		}
		e := &b.Elements[l.Element]
		if e.Name != "a" || !usable(b, e) || !isHTML(b) && beginsLine(b, e.Span.Start) {
			continue
		}
		f := Found{Span: e.Span, Message: "this link leads nowhere, \"" + clip(l.URL) + "\"", Title: "make text of it", Edits: tags(b, e)}
		if places.leads(e) {
			f.Edits = markup.DropAttribute(b.Text, e, "href")
		}
		out = append(out, f)
	}
	return out
}

// beginsLine tells whether a tag begins a line: in Markdown, what follows it there may be HTML because of it.
func beginsLine(b *markup.Body, at int) bool {
	for at > b.Span.Start && isBlank(b.Text[at-1]) {
		at--
	}
	return at == b.Span.Start || b.Text[at-1] == '\n'
}

// DoesNothing tells whether the program in a URL is one of those that only keep a link from doing anything.
func DoesNothing(url string) bool {
	_, program, _ := strings.Cut(url, ":")
	switch strings.Trim(program, " ;") {
	case "", "void(0)", "void 0", "void(null)", "void()", "//", "undefined", "return false":
		return true
	}
	return false
}
