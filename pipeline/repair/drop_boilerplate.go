package repair

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var dropBoilerplate = Repair{
	Name: "drop-boilerplate", Code: "HT016", Rule: "boilerplate-block",
	Before: "<p>It rained.</p>\n<p>Originally published at example.com</p>\n",
	After:  "<p>It rained.</p>\n",
	blocks: true,
	on:     func(o *Options) bool { return o.DropBoilerplate },
	find:   func(b *markup.Body, s *Set) []Found { return Boilerplate(b, s.boilerplate) },
}

// maxBoilerplate is how many characters a block of boilerplate has at most: longer ones say something.
const maxBoilerplate = 160

var (
	notices = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:` +
			`[【\[（(]?(?:如需转载|转载请|本文(?:为|由|系|转载|来自|来源|首发|版权)|未经.{0,16}(?:授权|许可|允许)|版权声明|责任编辑|责编|文章纠错|话题标签|相关标签|免责声明)` +
			`|(?:编辑|来源|作者|文|责编|校对|审核|监制)\s*[：:丨|]\s*\S{1,20}$` +
			`|originally published (?:at|on|in|by)\b|this (?:article|post) (?:was )?(?:first|originally) (?:appeared|published)` +
			`|(?:re)?published with permission|share (?:this|on)\b|follow us on\b|copyright (?:©|\(c\)|[12][0-9]{3})|© ?[12][0-9]{3}|all rights reserved)`)
	})
	shareBars = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:share-?(?:bar|buttons?|links|box|this)|social-?(?:share|links|bar|buttons)|post-?(?:share|tags|copyright)|article-?(?:share|tags|copyright)|` +
			`entry-?(?:share|tags)|bdsharebuttonbox|bdshare\S*|sharedaddy|addtoany\S*|jiathis\S*|zhuanzai|bqian|jiucuo)$`)
	})
)

// Patterns compiles patterns of boilerplate. The error says which is broken.
func Patterns(list []string) (compiled []*regexp.Regexp, err error) {
	for _, p := range list {
		one, err := regexp.Compile(p)
		if err != nil {
			return nil, fmt.Errorf("pattern of boilerplate: %w", err)
		}
		compiled = append(compiled, one)
	}
	return compiled, nil
}

// Boilerplate finds blocks that belong to the site which an article comes from: their text begins like a notice, or
// matches one of more, or their class is that of a share bar.
func Boilerplate(b *markup.Body, more []*regexp.Regexp) (out []Found) {
	if !isHTML(b) || b.Err != nil {
		return nil
	}
	nests := make([]bool, len(b.Elements)) // holds blocks
	for i := range b.Elements {
		if p := b.Elements[i].Parent; p >= 0 && isBlock(b.Elements[i].Name) {
			nests[p] = true
		}
	}
	reach := 0
	for i := range b.Elements {
		e := &b.Elements[i]
		if e.End.Len() == 0 || e.Span.Start < reach || !droppable[e.Name] || !usable(b, e) {
			continue
		}
		inside := pipeline.Span{Start: e.Span.End, End: e.End.Start}.Of(b.Text)
		bar := hasClass(e, shareBars())
		if nests[i] && !bar || len(inside) > 20*maxBoilerplate {
			continue
		}
		text := plainText(inside)
		if n := utf8.RuneCountInString(text); n > maxBoilerplate || n == 0 && !bar || !bar && !notices().MatchString(text) && !matches(more, text) {
			continue
		}
		reach = e.End.End
		out = append(out, Found{Span: e.Span, Message: "this " + e.Name + " belongs to the site that the article comes from, \"" + clip(text) + "\"",
			Title: "remove it", Edits: []pipeline.Edit{cut(b, whole(e))}})
	}
	return out
}

// droppable are the blocks that can be boilerplate.
var droppable = words("p div section aside footer ul ol dl blockquote h4 h5 h6 center address nav")

func hasClass(e *markup.Element, pattern *regexp.Regexp) bool {
	class, ok := e.Attr("class")
	if !ok {
		return false
	}
	for name := range strings.FieldsSeq(class.Value) {
		if pattern.MatchString(name) {
			return true
		}
	}
	return false
}

func matches(patterns []*regexp.Regexp, text string) bool {
	for _, p := range patterns {
		if p.MatchString(text) {
			return true
		}
	}
	return false
}
