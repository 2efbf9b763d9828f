package repair

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var loadLazy = Repair{
	Name: "load-lazy", Code: "IM010", Rule: "lazy-picture",
	Before: "<p><img src=\"loading.gif\" data-src=\"https://example.com/rain.png\" alt=\"rain\"></p>\n",
	After:  "<p><img src=\"https://example.com/rain.png\" alt=\"rain\"></p>\n",
	on:     func(o *Options) bool { return o.LoadLazy },
	find:   func(b *markup.Body, _ *Set) []Found { return lazyPictures(b) },
}

// lazyAttributes hold the address of the picture that a script would show, the best first.
var lazyAttributes = []string{"data-original-src", "data-original", "data-src", "data-lazy-src", "data-lazy", "data-actualsrc", "data-echo", "_src"}

// placeholder matches the addresses of what is shown until a script has run.
var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:|#|about:blank|data:.*|.*/(?:undefined|null)?|(?:.*[/_.-])?(?:` + strings.Join(placeholderWords, "|") + `)[^/]{0,20}\.(?:gif|png|svg|jpe?g|webp)(?:\?.*)?)$`)
})

// placeholderWords are words in the names of such pictures.
var placeholderWords = strings.Fields("blank placeholder loading lazy lazyload spacer transparent pixel gray grey default 1x1 clear dot white img_default")

// isPlaceholder tells whether an address is that of what is shown until a script has run. The pattern takes its time.
func isPlaceholder(address string) bool {
	address = strings.TrimSpace(address)
	lower := strings.ToLower(address)
	named := func(word string) bool { return strings.Contains(lower, word) }
	if len(address) > 1 && !strings.HasSuffix(lower, "/") && !slices.ContainsFunc([]string{"about:", "data:", "/undefined", "/null"}, named) && !slices.ContainsFunc(placeholderWords, named) {
		return false
	}
	return placeholder().MatchString(address)
}

// picture matches what can be the address of a picture: an address, or a path with an extension.
var picture = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:https?:)?//[^\s/]+/\S+$|^[^\s:]+\.(?i:gif|png|svg|jpe?g|webp|avif|bmp)(?:[?#]\S*)?$`)
})

// lazyPictures finds pictures that show nothing where no script runs.
func lazyPictures(b *markup.Body) (out []Found) {
	for i := range b.Elements {
		e := &b.Elements[i]
		if e.Name != "img" && e.Name != "source" || !usable(b, e) {
			continue
		}
		if e.Name == "img" && isHTML(b) {
			if f, ok := twin(b, i); ok {
				out = append(out, f)
				continue
			}
		}
		if f, ok := lazy(b, e); ok {
			out = append(out, f)
		}
	}
	return out
}

// lazy tells whether a tag lacks its address, and gives it what a script would.
func lazy(b *markup.Body, e *markup.Element) (Found, bool) {
	f := Found{Span: e.Span, Title: "show the picture at once"}
	if e.Name == "img" {
		if a, edits := fill(b, e, "src", lazyAttributes); a != nil {
			f.Edits, f.Span = edits, a.Span
			f.Message = "a script would load this picture from " + a.Name
		}
	}
	if a, edits := fill(b, e, "srcset", []string{"data-srcset", "data-lazy-srcset", "data-original-set"}); a != nil {
		f.Edits = append(f.Edits, edits...)
		if f.Message == "" {
			f.Span, f.Message = a.Span, "a script would load this picture from "+a.Name
		}
	}
	return f, len(f.Edits) > 0
}

// fill gives an attribute that holds nothing to be shown the value of one of others, which goes.
func fill(b *markup.Body, e *markup.Element, name string, others []string) (from *markup.Attr, edits []pipeline.Edit) {
	for _, other := range others {
		a, ok := e.Attr(other)
		if !ok {
			continue
		}
		has, there := e.Attr(name)
		if there && !isPlaceholder(has.Value) {
			return nil, nil
		}
		value := strings.TrimSpace(a.Value)
		good := picture().MatchString(value)
		if name == "srcset" {
			good = value != "" && !strings.HasPrefix(value, "data:")
		}
		if !good || isPlaceholder(value) {
			continue
		}
		if !there { // In place of the attribute itself.
			return a, []pipeline.Edit{{Start: a.Span.Start, End: a.Span.End, Text: name + `="` + escape(value) + `"`}}
		}
		return a, append(markup.DropAttribute(b.Text, e, other), setValue(has, value))
	}
	return nil, nil
}

// twin finds the noscript behind a picture that scripts load, which holds the same picture for those without.
func twin(b *markup.Body, at int) (Found, bool) {
	e := &b.Elements[at]
	if at+2 >= len(b.Elements) || b.Elements[at+1].Name != "noscript" || !strings.Contains(string(e.Span.Of(b.Text)), "data-") {
		return Found{}, false
	}
	around, inner := &b.Elements[at+1], &b.Elements[at+2]
	between := pipeline.Span{Start: e.Span.End, End: around.Span.Start}
	before := pipeline.Span{Start: around.Span.End, End: inner.Span.Start}
	behind := pipeline.Span{Start: inner.Span.End, End: around.End.Start}
	if inner.Name != "img" || around.End.Len() == 0 || behind.Start > behind.End || before.Start > before.End || between.Start > between.End ||
		!blank(between.Of(b.Text)) || !blank(before.Of(b.Text)) || !blank(behind.Of(b.Text)) {
		return Found{}, false
	}
	shown, ok := inner.Attr("src")
	has, there := e.Attr("src")
	same := ok && (!there || isPlaceholder(has.Value) || has.Value == shown.Value)
	if !same || slices.ContainsFunc(lazyAttributes, func(n string) bool {
		a, ok := e.Attr(n)
		return ok && picture().MatchString(a.Value) && a.Value != shown.Value
	}) {
		return Found{}, false
	}
	return Found{Span: e.Span, Message: "a script would load this picture, and noscript has it for those without", Title: "show the picture at once",
		Edits: []pipeline.Edit{{Start: e.Span.Start, End: around.Span.End}, {Start: around.End.Start, End: around.End.End}}}, true
}
