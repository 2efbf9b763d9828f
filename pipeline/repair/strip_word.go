package repair

import (
	"bytes"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var stripWord = Repair{
	Name: "strip-word", Code: "HT024", Rule: "word-markup",
	Before: "<p class=\"MsoNormal\"><span lang=\"EN-US\">It rained.<o:p></o:p></span></p>\n",
	After:  "<p>It rained.</p>\n",
	on:     func(o *Options) bool { return o.StripWord },
	find:   func(b *markup.Body, _ *Set) []Found { return wordMarkup(b) },
}

// wordMarkup finds what Word writes into HTML. Its spans of a language are taken for Word's only beside the rest.
func wordMarkup(b *markup.Body) (out []Found) {
	if text := b.Span.Of(b.Text); !bytes.Contains(text, []byte("Mso")) && !bytes.Contains(text, []byte("mso-")) && !bytes.Contains(text, []byte("o:p>")) {
		return nil
	}
	for i := range b.Elements {
		e := &b.Elements[i]
		if !usable(b, e) {
			continue
		}
		switch {
		case strings.HasPrefix(e.Name, "o:") || strings.HasPrefix(e.Name, "st1:") || strings.HasPrefix(e.Name, "w:"):
			out = append(out, Found{Span: e.Span, Message: "the element " + e.Name + " is Word's own", Title: "unwrap it", Edits: tags(b, e)})
		case e.Name == "span" && wordSpan(e):
			out = append(out, Found{Span: e.Span, Message: "this span only says what Word does", Title: "unwrap it", Edits: tags(b, e)})
		default:
			out = append(out, wordAttributes(b, e)...)
		}
	}
	return out
}

// wordSpan tells whether all that a span says is for Word.
func wordSpan(e *markup.Element) bool {
	for i := range e.Attrs {
		a := &e.Attrs[i]
		switch a.Name {
		case "lang", "xml:lang":
			if !strings.EqualFold(a.Value, "en-us") {
				return false
			}
		case "class":
			if withoutWord(a.Value, " ", "mso") != "" {
				return false
			}
		case "style":
			if withoutWord(a.Value, ";", "mso-") != "" {
				return false
			}
		default:
			return false
		}
	}
	return e.End.Len() > 0 && len(e.Attrs) > 0
}

// wordAttributes finds classes and declarations of Word's on an element that stays.
func wordAttributes(b *markup.Body, e *markup.Element) (out []Found) {
	for _, part := range []struct{ name, sep, prefix string }{{"class", " ", "mso"}, {"style", ";", "mso-"}} {
		a, ok := e.Attr(part.name)
		if !ok || !strings.Contains(strings.ToLower(a.Value), part.prefix) {
			continue
		}
		rest := withoutWord(a.Value, part.sep, part.prefix)
		if rest == strings.TrimSpace(a.Value) {
			continue
		}
		edits := []pipeline.Edit{setValue(a, rest)}
		if rest == "" {
			edits = markup.DropAttribute(b.Text, e, part.name)
		}
		out = append(out, Found{Span: a.Span, Message: "this " + part.name + " is Word's own, \"" + clip(a.Value) + "\"", Title: "remove it", Edits: edits})
	}
	return out
}

// withoutWord leaves out the parts of a value that begin as Word's do.
func withoutWord(value, sep, prefix string) string {
	var kept []string
	gone := false
	for part := range strings.SplitSeq(value, sep) {
		if word := strings.ToLower(strings.TrimSpace(part)); strings.HasPrefix(word, prefix) {
			gone = true
		} else if word != "" {
			kept = append(kept, strings.TrimSpace(part))
		}
	}
	if !gone {
		return strings.TrimSpace(value)
	}
	return strings.Join(kept, sep)
}
