package sanitize

import (
	"fmt"
	"maps"
	"regexp/syntax"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

// A Fault is a mistake in the definition of a policy: what is wrong, and where.
type Fault struct {
	Span    pipeline.Span // in the text that the definition stands in
	Message string
}

// A definitionReader reads a definition and gathers its faults.
type definitionReader struct {
	def      *definition
	patterns map[*matter.Node]rule
	baseless bool // what it extends is not there, so that its elements are not known
	faults   []Fault
}

// Keys are the keys of a policy's definition with what they say, in the order in which they are documented.
func Keys() []struct{ Name, Help string } {
	return []struct{ Name, Help string }{
		{"extends", "the policy that this one begins with: a built-in one, or one that stands above"},
		{"elements", "elements that may stay; of all others the tags go, and the text stays"},
		{"remove-elements", "elements of the extended policy that may not stay"},
		{"attributes", "element, several of them, or \"*\" for all -> attribute -> the values that may stay: a list, an anchored pattern (^…$), or a word: " +
			"any, none, url (an address of an allowed scheme), srcset (addresses with sizes), id (one name), words (names with blanks between), " +
			"boolean, integer, span (up to 1000), length (a number, in px or %), color, date, language (a tag such as zh-CN), mime (a media type), " +
			"media (a media query, or sizes)"},
		{"classes", "element, several of them, or \"*\" -> the class names that may stay: a list, an anchored pattern, any or none"},
		{"styles", "element, several of them, or \"*\" -> CSS property -> the values that may stay: a list, an anchored pattern of lower case, or a word: " +
			"any (what fetches nothing), none, color, size (a length, % or auto), sizes (up to four of them), line (as of a border)"},
		{"schemes", "schemes that links and pictures may have, such as https; relative addresses may always stay"},
		{"remove-schemes", "schemes of the extended policy that may not stay"},
		{"embeds", "hosts of others whose pages an iframe may show, by https alone and in a sandbox: www.example.com, or *.example.com for all below"},
		{"comments", "whether remarks such as <!--more--> may stay"},
	}
}

// readDefinition reads the definition of a policy. base finds one that it extends.
func readDefinition(n *matter.Node, base func(name string) (*definition, error)) (*definition, []Fault) {
	r := &definitionReader{def: newDefinition(), patterns: map[*matter.Node]rule{}}
	if n.Kind != matter.Mapping {
		return nil, []Fault{{n.Span, fmt.Sprintf("a policy is a mapping, not a %s", n.Kind)}}
	}
	if e := n.Entry("extends"); e != nil {
		if found, err := base(e.Value.Text()); err != nil {
			r.baseless = true
			r.wrong(e.Value.Span, "%v", err)
		} else {
			r.def = found.clone()
		}
	}
	known := make([]string, 0, len(Keys()))
	for _, k := range Keys() {
		known = append(known, k.Name)
	}
	for _, e := range n.Entries {
		if !slices.Contains(known, e.Key) {
			r.wrong(e.KeySpan, "unknown key %q%s", e.Key, didYouMean(e.Key, known))
		}
	}
	r.lists(n)
	r.tables(n)
	r.ofElements(n, "attributes", r.attribute)
	r.ofElements(n, "styles", r.style)
	r.classes(n)
	if e := n.Entry("comments"); e != nil {
		if v := e.Value.Resolve(); v.Kind == matter.Bool {
			r.def.comments = v.Value == "true"
		} else {
			r.wrong(v.Span, "comments is true or false, not %q", v.Value)
		}
	}
	r.def.prune()
	return r.def, r.faults
}

// maxFaults is how many mistakes are told of one policy.
const maxFaults = 100

func (r *definitionReader) wrong(at pipeline.Span, format string, args ...any) {
	f := Fault{at, fmt.Sprintf(format, args...)}
	if len(r.faults) < maxFaults && !slices.Contains(r.faults, f) { // One that several elements share is told once.
		r.faults = append(r.faults, f)
	}
}

func didYouMean(word string, known []string) string {
	if near := report.Suggest(word, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// lists reads what the definition lists: elements, schemes, hosts. What it removes is removed first.
func (r *definitionReader) lists(n *matter.Node) {
	d := r.def
	r.list(n, "remove-elements", func(at pipeline.Span, name string) {
		if !d.elements[name] {
			r.wrong(at, "%q is no element of the extended policy%s", name, didYouMean(name, d.elements.sorted()))
		}
		delete(d.elements, name)
	})
	r.list(n, "elements", func(at pipeline.Span, name string) {
		if why := refusedElement(name); why != "" {
			near := ""
			if why == unknown {
				near = didYouMean(name, knownNames(knownElement()))
			}
			r.wrong(at, "element %q can't be allowed: %s%s", name, why, near)
			return
		}
		d.elements[name] = true
	})
	r.list(n, "remove-schemes", func(at pipeline.Span, name string) {
		if !d.schemes[name] {
			r.wrong(at, "%q is no scheme of the extended policy%s", name, didYouMean(name, d.schemes.sorted()))
		}
		delete(d.schemes, name)
	})
	r.list(n, "schemes", func(at pipeline.Span, name string) {
		if why := refusedScheme(name); why != "" {
			r.wrong(at, "scheme %q can't be allowed: %s", name, why)
			return
		}
		d.schemes[name] = true
	})
	r.list(n, "embeds", func(at pipeline.Span, host string) {
		if !isHost(host) {
			r.wrong(at, "%q is no host; one is written as www.example.com, or *.example.com for all below", host)
			return
		}
		d.embeds[host], d.schemes["https"] = true, true
	})
}

// tables sees to it that what parsers put into tables, asked for or not, may stay.
func (r *definitionReader) tables(n *matter.Node) {
	var missing []string
	for _, e := range []string{"table", "tr", "td"} {
		if !r.def.elements[e] {
			missing = append(missing, e)
		}
	}
	at := n.Span
	for _, key := range []string{"remove-elements", "elements"} {
		if e := n.Entry(key); e != nil {
			at = e.Value.Span
		}
	}
	for _, e := range strings.Fields("table caption colgroup col thead tbody tfoot tr td th") {
		if r.def.elements[e] && len(missing) > 0 {
			r.wrong(at, "element %q can't be allowed without %s: parsers put them in", e, strings.Join(missing, " and "))
			return
		}
	}
}

// list calls add for each word of a list, or of the one word in its place.
func (r *definitionReader) list(n *matter.Node, key string, add func(at pipeline.Span, word string)) {
	e := n.Entry(key)
	if e == nil {
		return
	}
	items := []*matter.Node{e.Value}
	if v := e.Value.Resolve(); v.Kind == matter.Sequence {
		items = v.Items
	}
	for _, item := range items {
		if v := item.Resolve(); v.Kind == matter.Mapping || v.Kind == matter.Sequence || v.Kind == matter.Null {
			r.wrong(item.Span, "%s is a list of words, and this is a %s", key, v.Kind)
			continue
		}
		add(item.Span, strings.ToLower(item.Text()))
	}
}

// on calls visit for each element that a key names.
func (r *definitionReader) on(e matter.Entry, visit func(element string)) {
	start := e.KeySpan.Start + (e.KeySpan.Len()-len(e.Key))/2 // Behind the quote, if there is one.
	for at := 0; at < len(e.Key); {
		if e.Key[at] == ' ' {
			at++
			continue
		}
		word, _, _ := strings.Cut(e.Key[at:], " ")
		name := strings.ToLower(word)
		if name != "*" && !r.def.elements[name] {
			why := "is no element of this policy"
			if r.baseless && knownElement()[name] {
				at += len(word)
				continue
			}
			if refused := refusedElement(name); refused != "" {
				why = "can't be allowed: " + refused
			}
			r.wrong(pipeline.Span{Start: start + at, End: start + at + len(word)}, "element %q %s%s", name, why, didYouMean(name, r.def.elements.sorted()))
		} else {
			visit(name)
		}
		at += len(word)
	}
}

// ofElements reads a mapping of elements to mappings, and gives take each entry of those.
func (r *definitionReader) ofElements(n *matter.Node, key string, take func(element string, e matter.Entry)) {
	top := n.Entry(key)
	if top == nil {
		return
	}
	if !r.mapping(top.Value, key) {
		return
	}
	for _, e := range top.Value.Resolve().Entries {
		if !r.mapping(e.Value, key+" of "+e.Key) {
			continue
		}
		inner := e.Value.Resolve().Entries
		r.on(e, func(element string) {
			for _, i := range inner {
				take(element, i)
			}
		})
	}
}

func (r *definitionReader) mapping(n *matter.Node, what string) bool {
	if v := n.Resolve(); v.Kind != matter.Mapping {
		r.wrong(n.Span, "%s is a mapping, not a %s", what, v.Kind)
		return false
	}
	return true
}

// attribute reads what values an attribute of an element may have.
func (r *definitionReader) attribute(element string, e matter.Entry) {
	name := strings.ToLower(e.Key)
	if why := refusedAttribute(name); why != "" {
		near := ""
		if why == unknown {
			near = didYouMean(name, knownNames(knownAttribute()))
		}
		r.wrong(e.KeySpan, "attribute %q can't be allowed: %s%s", name, why, near)
		return
	}
	value, ok := r.rule(e, attributeWords)
	if !ok {
		return
	}
	if word := addresses[name]; word != "" && !value.none() {
		switch {
		case element == "*" || !slices.Contains(strings.Fields(carriers[name]), element):
			r.wrong(e.KeySpan, "attribute %q of %s can't be allowed: nobody checks the address; it goes on %s", name, element, carriers[name])
			return
		case value.word != word && !(value.pattern != "" && checked(element, name)):
			r.wrong(e.Value.Span, "%s is an address: write %s, which checks its scheme", name, word)
			return
		}
	} else if value.word == "url" || value.word == "srcset" {
		r.wrong(e.Value.Span, "%s is no address", name)
		return
	}
	r.def.attributes.set(element, name, value)
}

// style reads what values a CSS property of an element may have.
func (r *definitionReader) style(element string, e matter.Entry) {
	name := strings.ToLower(e.Key)
	if why := refusedProperty(name); why != "" {
		r.wrong(e.KeySpan, "property %q can't be allowed: %s", name, why)
		return
	}
	if value, ok := r.rule(e, styleWords); ok {
		r.def.styles.set(element, name, value)
	}
}

// classes reads which class names elements may have.
func (r *definitionReader) classes(n *matter.Node) {
	top := n.Entry("classes")
	if top == nil || !r.mapping(top.Value, "classes") {
		return
	}
	for _, e := range top.Value.Resolve().Entries {
		if value, ok := r.rule(e, map[string]string{"any": ""}); ok {
			r.on(e, func(element string) { r.def.classes[element] = value })
		}
	}
}

// rule reads which values may stay: a word, an anchored pattern, or a list.
func (r *definitionReader) rule(e matter.Entry, words map[string]string) (value rule, ok bool) {
	v := e.Value.Resolve()
	switch {
	case v.Kind == matter.Sequence:
		list := make([]string, len(v.Items))
		for i, item := range v.Items {
			if k := item.Resolve().Kind; k == matter.Mapping || k == matter.Sequence || k == matter.Null {
				r.wrong(item.Span, "a value of %s is a word, and this is a %s", e.Key, k)
				return rule{}, false
			}
			list[i] = item.Text()
		}
		if len(list) == 0 {
			return rule{word: "none"}, true
		}
		return valuesRule(list), true
	case v.Kind == matter.Mapping || v.Kind == matter.Null:
		r.wrong(e.Value.Span, "%s takes a list of values, an anchored pattern (^…$) or a word such as any, and this is a %s", e.Key, v.Kind)
		return rule{}, false
	case strings.HasPrefix(v.Value, "^") || strings.HasSuffix(v.Value, "$"):
		known, ok := r.patterns[v]
		if !ok { // Several elements may have it.
			if known, ok = r.pattern(v); ok {
				r.patterns[v] = known
			}
		}
		return known, ok
	}
	if _, known := words[v.Value]; known || v.Value == "none" {
		return rule{word: v.Value}, true
	}
	r.wrong(e.Value.Span, "%s takes a list of values, an anchored pattern (^…$), or one of %s, none; not %q%s", e.Key,
		strings.Join(slices.Sorted(maps.Keys(words)), ", "), v.Value, didYouMean(v.Value, append(slices.Sorted(maps.Keys(words)), "none")))
	return rule{}, false
}

// pattern reads a pattern, which must be anchored at both ends and compile without them.
func (r *definitionReader) pattern(v *matter.Node) (rule, bool) {
	inner, start := strings.CutPrefix(v.Value, "^")
	inner, end := strings.CutSuffix(inner, "$")
	if escapes := len(inner) - len(strings.TrimRight(inner, `\`)); !start || !end || escapes%2 == 1 {
		r.wrong(v.Span, "the pattern %q is not anchored; write ^ before and $ behind it", v.Value)
		return rule{}, false
	}
	if _, err := syntax.Parse(inner, syntax.Perl); err != nil { // All that package regexp finds wrong is found there.
		r.wrong(v.Span, "the pattern %q does not compile: %v", v.Value, strings.TrimPrefix(err.Error(), "error parsing regexp: "))
		return rule{}, false
	}
	if _, err := syntax.Parse(anchored(rule{pattern: inner}.classPattern()), syntax.Perl); err != nil { // The largest that becomes of it.
		r.wrong(v.Span, "the pattern %q is too large", v.Value)
		return rule{}, false
	}
	if inner == "" {
		return valuesRule([]string{""}), true
	}
	return rule{pattern: inner}, true
}
