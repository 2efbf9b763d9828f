package sanitize

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// show writes a definition as YAML that reads as the same definition, with remarks on what it says.
func (d *definition) show(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# The policy %s, as it may stand under sanitize.policies in copydesk.yaml.\n%s:\n", name, plain(name))
	list := func(remark, key string, words []string) {
		fmt.Fprintf(&b, "  # %s\n", remark)
		writeList(&b, key, words)
	}
	list("Elements that may stay. Of all others the tags go, and the text stays.", "elements", d.elements.sorted())
	d.attributes.show(&b, "attributes", "What attributes of which elements may say; \"*\" is every element, unless one has a rule of its own.")
	if len(d.classes) > 0 {
		b.WriteString("  # Names that a class may have.\n  classes:\n")
		byRule := map[rule][]string{}
		for _, e := range slices.Sorted(maps.Keys(d.classes)) {
			byRule[d.classes[e]] = append(byRule[d.classes[e]], e)
		}
		lines := map[string]string{}
		for r, on := range byRule {
			lines[strings.Join(on, " ")] = r.show()
		}
		for _, key := range slices.Sorted(maps.Keys(lines)) {
			fmt.Fprintf(&b, "    %s: %s\n", plain(key), lines[key])
		}
	}
	d.styles.show(&b, "styles", "Properties that a style attribute may set, and their values.")
	list("Schemes of addresses. Relative addresses may always stay.", "schemes", d.schemes.sorted())
	if len(d.embeds) > 0 {
		list("Hosts whose pages an iframe may show, by https and in a sandbox.", "embeds", d.embeds.sorted())
	}
	fmt.Fprintf(&b, "  # Whether remarks such as <!--more--> may stay.\n  comments: %t\n", d.comments)
	return b.String()
}

// writeList writes a list of words in lines of some 100 columns.
func writeList(b *strings.Builder, key string, words []string) {
	fmt.Fprintf(b, "  %s: [", key)
	width := len(key) + 5
	for i, w := range words {
		w = plain(w)
		if i > 0 {
			b.WriteByte(',')
			if width += 2 + len(w); width > 100 {
				b.WriteString("\n    ")
				width = 5 + len(w)
			} else {
				b.WriteByte(' ')
			}
		} else {
			width += len(w)
		}
		b.WriteString(w)
	}
	b.WriteString("]\n")
}

// show writes rules, with elements that have them in common under one key.
func (r rules) show(b *strings.Builder, key, remark string) {
	if len(r) == 0 {
		return
	}
	fmt.Fprintf(b, "  # %s\n  %s:\n", remark, key)
	type same struct {
		key  string
		rule rule
	}
	on := map[same]string{}
	for _, e := range slices.Sorted(maps.Keys(r)) {
		for k, v := range r[e] {
			on[same{k, v}] = strings.TrimSpace(on[same{k, v}] + " " + e)
		}
	}
	lines := map[string][]string{}
	for s, elements := range on {
		lines[elements] = append(lines[elements], plain(s.key)+": "+s.rule.show())
	}
	for _, elements := range slices.Sorted(maps.Keys(lines)) {
		slices.Sort(lines[elements])
		fmt.Fprintf(b, "    %s:\n      %s\n", plain(elements), strings.Join(lines[elements], "\n      "))
	}
}

func (r rule) show() string {
	switch {
	case r.word != "":
		return r.word
	case r.values != "":
		var quoted []string
		for _, v := range r.list() {
			quoted = append(quoted, plain(v))
		}
		return "[" + strings.Join(quoted, ", ") + "]"
	}
	return quote("^" + r.pattern + "$")
}

var plainScalar = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z_][a-z0-9_-]*(?: [a-z0-9-]+)*$`) })

// plain writes a string as YAML, without quotes where every version of YAML reads it as a string.
func plain(s string) string {
	if plainScalar().MatchString(s) && !slices.Contains([]string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}, s) {
		return s
	}
	return quote(s)
}

func quote(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}
