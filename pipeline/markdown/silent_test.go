package markdown

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// silent tells what of a body its Markdown does not show, and no loss tells; "" for nothing. It looks at the HTML on
// both sides, and not at the trees of this package.
func silent(body, rendered string, lost []Loss) string {
	told := ""
	for _, l := range lost {
		told += l.What + "\n"
	}
	want, got := featuresOf(body), featuresOf(rendered)
	for _, what := range slices.Sorted(maps.Keys(want)) {
		if got[what] >= want[what] {
			continue
		}
		kind, _, _ := strings.Cut(what, " ")
		if !strings.Contains(told, kind) && !strings.Contains(told, "<button> in <pre>") && !(strings.HasPrefix(kind, "<") && kind != "<a>" && tells(told, kind)) {
			return fmt.Sprintf("silent: %q %d times, %d before", what, got[what], want[what])
		}
	}
	return ""
}

// tells tells whether a loss tells of an element by another name or of what it stood in.
func tells(told, kind string) bool {
	for _, around := range map[string][]string{
		"<cell>": {"<table>", "blocks in <t", "<caption>"},
		"<img>":  {"in <pre>", "<svg>"}, "<li>": {"blocks in <t", "<ul> in a heading", "<ol> in a heading"}, "<pre>": {"blocks in <t", "<pre> in a heading"}, "<code>": {"blocks in <t"},
		"<blockquote>": {"blocks in <t", "<blockquote> in a heading"}, "<hr>": {"blocks in <t", "<hr> in a heading"},
		"<h1>": {"blocks in <t"}, "<h2>": {"blocks in <t"}, "<h3>": {"blocks in <t"},
	}[kind] {
		if strings.Contains(told, around) {
			return true
		}
	}
	return strings.Contains(told, "in <pre>")
}

// featuresOf counts what a page shows: characters, those with each mark, links, pictures, and blocks.
func featuresOf(page string) map[string]int {
	count := map[string]int{}
	doc, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		return count
	}
	visitFeatures(doc, nil, count)
	return count
}

var sameAs = map[string]string{"b": "strong", "i": "em", "s": "del", "strike": "del", "tt": "code", "td": "cell", "th": "cell", "ol": "ul"}

func visitFeatures(n *html.Node, within []string, count map[string]int) {
	if n.Type == html.TextNode {
		for _, r := range n.Data {
			if unicode.IsSpace(r) {
				continue
			}
			count["text "+string(r)]++
			for _, name := range within {
				count["<"+name+">"]++
			}
		}
	}
	if n.Type == html.ElementNode {
		if isHidden(n.Data) || n.Data == "iframe" || n.Data == "svg" || n.Data == "math" {
			if n.Data == "iframe" {
				count["<iframe>"]++
			}
			return
		}
		if isCopyButton(n) && (n.Data == "button" || slices.Contains(within, "pre")) {
			return
		}
		if n.Data == "table" {
			if code := gutterListing(n); code != nil {
				visitFeatures(code, within, count)
				return
			}
		}
		name := n.Data
		if other, ok := sameAs[name]; ok {
			name = other
		}
		switch name {
		case "strong", "em", "del", "code", "sup", "sub", "kbd", "u", "ins", "mark", "small", "h1", "h2", "h3", "li", "pre", "blockquote", "cell", "summary", "figcaption":
			if name == "pre" {
				within = slices.DeleteFunc(slices.Clone(within), func(s string) bool { return s == "code" })
			}
			if !slices.Contains(within, name) && !slices.Contains(within, "pre") {
				within = append(slices.Clone(within), name)
			}
		case "video", "hr":
			count["<"+name+">"]++
		case "a":
			if href, ok := attr(n, "href"); ok && !slices.Contains(within, "pre") {
				count["href "+address(href)] = 1
			}
		case "img":
			src, _ := attr(n, "src")
			alt, _ := attr(n, "alt")
			if address(src) != "" && !(n.Parent.Data == "noscript" && !hasText(n.Parent) && collapsed(alt) == "") {
				count["<img> "+address(src)+" "+collapsed(alt)]++
			}
		}
	}
	for c := range n.ChildNodes() {
		visitFeatures(c, within, count)
	}
}
