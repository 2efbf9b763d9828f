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
	ids := map[string]bool{} // that links of the body lead to
	for _, l := range b.Links {
		if id, ok := strings.CutPrefix(l.URL, "#"); ok && id != "" {
			ids[id] = true
		}
	}
	for _, l := range b.Links {
		if l.Element < 0 || markup.ScriptScheme(l.URL) == "" || !DoesNothing(strings.ToLower(strings.TrimSpace(l.URL))) {
			continue
		}
		e := &b.Elements[l.Element]
		if e.Name != "a" || !usable(b, e) {
			continue
		}
		f := Found{Span: e.Span, Message: "this link leads nowhere, \"" + clip(l.URL) + "\"", Title: "make text of it", Edits: tags(e)}
		if isPlace(e, ids) {
			f.Edits = markup.DropAttribute(b.Text, e, "href")
		}
		out = append(out, f)
	}
	return out
}

// isPlace tells whether an element has an id or a name that is among those that links lead to.
func isPlace(e *markup.Element, ids map[string]bool) bool {
	for _, name := range []string{"id", "name"} {
		if a, ok := e.Attr(name); ok && ids[a.Value] {
			return true
		}
	}
	return false
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
