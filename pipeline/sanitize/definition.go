package sanitize

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A definition is a policy as data: what may stay, and nothing else. The element "*" means every element
// of the policy; what is said of an element itself counts in its place.
type definition struct {
	elements   names
	attributes rules // element -> attribute -> the values that it may have
	classes    map[string]rule
	styles     rules // element -> property -> the values that it may have
	schemes    names // of addresses; relative ones are always allowed
	embeds     names // the hosts of pages that an iframe may show
	comments   bool
}

type names map[string]bool

func (n names) sorted() []string { return slices.Sorted(maps.Keys(n)) }

type rules map[string]map[string]rule

func (r rules) set(element, key string, value rule) {
	if r[element] == nil {
		r[element] = map[string]rule{}
	}
	r[element][key] = value
}

// of is the rule for a key of an element, the zero rule when there is none.
func (r rules) of(element, key string) rule {
	if found, ok := r[element][key]; ok {
		return found
	}
	return r["*"][key]
}

func newDefinition() *definition {
	return &definition{elements: names{}, attributes: rules{}, classes: map[string]rule{}, styles: rules{}, schemes: names{}, embeds: names{}}
}

// clone copies a definition for one that extends it.
func (d *definition) clone() *definition {
	c := newDefinition()
	maps.Copy(c.elements, d.elements)
	maps.Copy(c.classes, d.classes)
	maps.Copy(c.schemes, d.schemes)
	maps.Copy(c.embeds, d.embeds)
	for e := range d.attributes {
		c.attributes[e] = maps.Clone(d.attributes[e])
	}
	for e := range d.styles {
		c.styles[e] = maps.Clone(d.styles[e])
	}
	c.comments = d.comments
	return c
}

// inMarkdown is the definition with what Markdown makes beside what it keeps: paragraphs, and on the
// elements that may stay the ids of headings, the language of code, the alignment of cells, and what links footnotes.
// To lose these would turn most of Markdown into HTML.
func (d *definition) inMarkdown() *definition {
	c := d.clone()
	c.elements["p"] = true
	add := func(elements, attribute string, value rule) {
		for e := range strings.FieldsSeq(elements) {
			if c.elements[e] && c.attributes.of(e, attribute).none() && (attribute != "class" || c.classes[e].none()) {
				c.attributes.set(e, attribute, value)
			}
		}
	}
	add("h1 h2 h3 h4 h5 h6", "id", rule{word: "id"})
	add("code", "class", rule{pattern: `language-[^\s<>"'&]+`})
	add("sup li", "id", rule{pattern: `fn(?:ref[0-9]*)?:[\w-]+`})
	add("a", "class", rule{pattern: `footnote-(?:ref|backref)`})
	add("div", "class", valuesRule([]string{"footnotes"}))
	add("a div", "role", rule{pattern: `doc-[a-z]+`})
	for _, e := range []string{"td", "th"} {
		if c.elements[e] && c.styles.of(e, "text-align").none() {
			c.styles.set(e, "text-align", valuesRule([]string{"left", "right", "center"}))
		}
	}
	return c
}

// prune takes out rules that say nothing: for elements that may not stay, and against what is allowed nowhere.
func (d *definition) prune() {
	d.attributes.prune(d.elements)
	d.styles.prune(d.elements)
	for e, r := range d.classes {
		if e != "*" && (!d.elements[e] || r.none() && d.classes["*"].none()) || e == "*" && r.none() {
			delete(d.classes, e)
		}
	}
}

func (r rules) prune(elements names) {
	maps.DeleteFunc(r["*"], func(_ string, v rule) bool { return v.none() })
	for e := range r {
		maps.DeleteFunc(r[e], func(key string, v rule) bool { return e != "*" && v.none() && r["*"][key].none() })
		if e != "*" && !elements[e] || len(r[e]) == 0 {
			delete(r, e)
		}
	}
}

// A rule says which values may stay. Exactly one of its fields is set; the zero rule allows none.
type rule struct {
	word    string // any, none, or a word of attributeWords or styleWords
	pattern string // without its anchors
	values  string // a NUL before each, since rules are compared
}

func (r rule) none() bool { return r == rule{} || r.word == "none" }

func (r rule) list() []string { return strings.Split(r.values, "\x00")[1:] }

func valuesRule(values []string) rule { return rule{values: "\x00" + strings.Join(values, "\x00")} }

// A group is a rule that elements have in common.
type group struct {
	key     string // attribute or property
	pattern string // that all of a value must match; "" when bluemonday looks at it itself, or any will do
	on      []string
}

// The words that stand for the values of attributes, and of CSS properties.
var (
	attributeWords = map[string]string{
		"any":      "",
		"id":       `[^\s<>"'&]+`,
		"words":    `\s*[\p{L}\p{N}_.:-]+(?:\s+[\p{L}\p{N}_.:-]+)*\s*`,
		"boolean":  `(?i)|true|[a-z]+`,
		"integer":  `-?[0-9]{1,9}`,
		"span":     `0*(?:[0-9]{1,3}|1000)`,
		"length":   `\s*[0-9]{1,5}(?:\.[0-9]{1,5})?(?:px|%)?\s*`,
		"date":     `[0-9A-Za-z:.,+ -]{1,64}`,
		"language": `[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8})*|`,
		"mime":     `[\w.+-]+/[\w.+-]+(?:\s*;[\w\s.+=",-]*)?`,
		"media":    `[\w\s().,:<>=%/*+-]*`,
		"color":    `#?[0-9A-Za-z]{1,32}`,
		"url":      `(?i:https?:)//\S*|[^\s:/?#]*(?:[/?#]\S*)?`,
		"srcset":   `\s*` + candidate + `(?:\s*,\s*` + candidate + `)*\s*`,
	}
	styleWords = map[string]string{
		"any":   `(?s:.*)`,
		"color": cssColor,
		"size":  cssSize,
		"sizes": cssSize + `(?: ` + cssSize + `){0,3}`,
		"line":  `(?:` + cssSize + `|solid|dashed|dotted|double|groove|ridge|inset|outset|none|` + cssColor + `)(?: (?:` + cssSize + `|solid|dashed|dotted|double|groove|ridge|inset|outset|none|` + cssColor + `)){0,2}`,
	}
)

const (
	candidate = `(?:(?i:https?:)//\S*|[^\s:/?#]*(?:[/?#]\S*)?)(?:\s+[0-9.]+[wxhWXH])*`
	cssSize   = `(?:-?(?:[0-9]{1,5}(?:\.[0-9]{1,5})?|\.[0-9]{1,5})(?:px|pt|em|rem|ex|ch|cm|mm|in|pc|vw|vh|%)?|auto|normal|inherit|thin|medium|thick|xx-small|x-small|small|large|x-large|xx-large|smaller|larger)`
	cssColor  = `(?:#[0-9a-f]{3,8}|(?:rgb|rgba|hsl|hsla)\([0-9., %/]{1,40}\)|[a-z]{3,24})`
)

// attributePattern is the pattern for an attribute's values. bluemonday checks the schemes of addresses
// itself, but not everywhere: there only those of http, https and relative ones match.
func (r rule) attributePattern(element, attribute string) string {
	switch {
	case r.word == "url" && checked(element, attribute):
		return ""
	case r.word != "":
		return attributeWords[r.word]
	case r.values != "":
		return `(?i:` + alternatives(r.list()) + `)`
	}
	return r.pattern
}

// classPattern is the pattern for an attribute class of which the rule allows each name.
func (r rule) classPattern() string {
	one := r.pattern
	switch {
	case r.word != "":
		one = `[^\s<>"'&]+`
	case r.values != "":
		one = alternatives(r.list())
	}
	return `\s*(?:(?:` + one + `)(?:\s+(?:` + one + `))*\s*)?`
}

func (r rule) stylePattern() string {
	switch {
	case r.word != "":
		return styleWords[r.word]
	case r.values != "":
		return `(?i:` + alternatives(r.list()) + `)`
	}
	return r.pattern
}

func alternatives(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = regexp.QuoteMeta(v)
	}
	return strings.Join(quoted, "|")
}

// attributeGroups are the attributes with the elements that may have them.
func (d *definition) attributeGroups() []group {
	return d.groups(d.attributes, func(e, key string, r rule) string { return r.attributePattern(e, key) })
}

// styleGroups are the properties with the elements that may have them.
func (d *definition) styleGroups() []group {
	return d.groups(d.styles, func(_, _ string, r rule) string { return r.stylePattern() })
}

// classGroups are the patterns of classes with the elements that may have them.
func (d *definition) classGroups() []group {
	all := rules{}
	for e, r := range d.classes {
		all.set(e, "class", r)
	}
	return d.groups(all, func(_, _ string, r rule) string { return r.classPattern() })
}

// groups gathers elements that have a rule in common, sorted.
func (d *definition) groups(of rules, pattern func(element, key string, r rule) string) []group {
	type id struct{ key, pattern string }
	found := map[id][]string{}
	for _, e := range d.elements.sorted() {
		keys := names{}
		for key := range of[e] {
			keys[key] = true
		}
		for key := range of["*"] {
			keys[key] = true
		}
		for key := range keys {
			if r := of.of(e, key); !r.none() {
				at := id{key, pattern(e, key, r)}
				found[at] = append(found[at], e)
			}
		}
	}
	out := make([]group, 0, len(found))
	for at, on := range found {
		out = append(out, group{at.key, at.pattern, on})
	}
	slices.SortFunc(out, func(a, b group) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.pattern, b.pattern)) })
	return out
}

// compiler compiles each pattern once.
type compiler map[string]*regexp.Regexp

// anchored makes a pattern match whole values only.
func anchored(pattern string) string { return `^(?:` + pattern + `)$` }

// get compiles a pattern that was checked, so that it must match a whole value.
func (c compiler) get(pattern string) *regexp.Regexp {
	if c[pattern] == nil {
		c[pattern] = regexp.MustCompile(anchored(pattern))
	}
	return c[pattern]
}
