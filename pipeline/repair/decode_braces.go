package repair

import (
	"regexp"
	"strings"
	"sync"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var decodeBraces = Repair{
	Name: "decode-braces", Code: "HT018", Rule: "bad-entity",
	Before: "<pre><code>func main() &#123; &#125;</code></pre>\n",
	After:  "<pre><code>func main() { }</code></pre>\n",
	on:     func(o *Options) bool { return o.DecodeBraces },
	find:   func(b *markup.Body, _ *Set) []Found { return Braces(b) },
}

// brace matches a brace that is written as a reference, once or, by mistake, twice.
var brace = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)&(?:amp;)?(?:#123|#125|#x7b|#x7d|lcub|rcub|lbrace|rbrace);`)
})

// Braces finds braces in the code of HTML that are written as character references, one for each text. Where a template
// language would read what comes of it, as in {{ and {%, they stay references, which browsers show as braces.
func Braces(b *markup.Body) (out []Found) {
	if !isHTML(b) {
		return nil
	}
	reach := 0
	for i := range b.Elements {
		e := &b.Elements[i]
		if e.Name != "code" && e.Name != "pre" || e.Span.Start < reach {
			continue
		}
		inside := pipeline.Span{Start: e.Span.End, End: max(e.Span.End, e.End.Start)}
		reach = inside.End
		for t := range markup.Scan(inside.Of(b.Text), inside.Start) {
			if t.Kind != markup.Text {
				continue
			}
			if f, ok := bracesIn(b.Text, t.Span); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

// bracesIn finds the braces in one text.
func bracesIn(text []byte, s pipeline.Span) (Found, bool) {
	raw := s.Of(text)
	found := brace().FindAllIndex(raw, -1)
	if found == nil {
		return Found{}, false
	}
	f := Found{Title: "write the braces as they are"}
	f.Span = pipeline.Span{Start: s.Start + found[0][0], End: s.Start + found[0][1]}
	f.Message = plural(len(found), "brace") + " in code " + map[bool]string{true: "is", false: "are"}[len(found) == 1] + " written as " + string(raw[found[0][0]:found[0][1]])
	plain := brace().ReplaceAllStringFunc(string(raw), braceOf)
	write := braceOf
	if strings.Contains(plain, "{{") || strings.Contains(plain, "{%") || strings.Contains(plain, "{#") {
		write = func(reference string) string { return "&" + strings.TrimPrefix(reference[1:], "amp;") }
		f.Title = "write them as references to a browser"
	}
	for _, at := range found {
		written := string(raw[at[0]:at[1]])
		if as := write(written); as != written {
			f.Edits = append(f.Edits, pipeline.Edit{Start: s.Start + at[0], End: s.Start + at[1], Text: as})
		}
	}
	return f, true
}

func braceOf(reference string) string {
	switch strings.TrimPrefix(strings.ToLower(reference), "&amp;") {
	case "&#123;", "#123;", "&#x7b;", "#x7b;", "&lcub;", "lcub;", "&lbrace;", "lbrace;":
		return "{"
	}
	return "}"
}
