package repair

import (
	"slices"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var renameAttributes = Repair{
	Name: "rename-attributes", Code: "HT003", Rule: "unknown-attribute",
	Before: "<p><img src=\"rain.png\" alt=\"rain\" w=\"600\" h=\"400\"></p>\n",
	After:  "<p><img src=\"rain.png\" alt=\"rain\" width=\"600\" height=\"400\"></p>\n",
	on:     func(o *Options) bool { return o.RenameAttributes },
	find: func(b *markup.Body, _ *Set) (out []Found) {
		for i := range b.Elements {
			e := &b.Elements[i]
			if !usable(b, e) {
				continue
			}
			for _, name := range []string{"w", "h", "ref"} { // The names that meant knows.
				a, ok := e.Attr(name)
				if !ok {
					continue
				}
				if f, ok := Misnamed(b, e, a); ok {
					if len(out) == cap(out) { // A body of many pictures has it on all of them.
						out = slices.Grow(out, max(8, len(out)))
					}
					out = append(out, f)
				}
			}
		}
		return out
	},
}

// Misnamed tells whether an attribute has a name that HTML does not know, and stands for one that it knows.
func Misnamed(b *markup.Body, e *markup.Element, a *markup.Attr) (Found, bool) {
	right := meant(e.Name, a.Name)
	if right == "" {
		return Found{}, false
	}
	f := Found{Span: a.NameSpan, Message: "HTML knows no attribute \"" + a.Name + "\" on " + e.Name + "; it is called " + right, Title: "rename it to " + right,
		Edits: []pipeline.Edit{{Start: a.NameSpan.Start, End: a.NameSpan.End, Text: right}}}
	if _, taken := e.Attr(right); taken {
		f.Title, f.Edits = "remove it, "+right+" is there", markup.DropAttribute(b.Text, e, a.Name)
	}
	return f, true
}

// meant is the attribute that was meant by a name, where that is known.
func meant(element, attribute string) string {
	switch element + " " + attribute {
	case "img w", "video w", "iframe w", "canvas w", "embed w", "object w":
		return "width"
	case "img h", "video h", "iframe h", "canvas h", "embed h", "object h":
		return "height"
	case "a ref", "link ref":
		return "rel"
	}
	return ""
}
