package sanitize

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"

	"copydesk/pipeline"
)

// A Policy says what may stay in a body. It is immutable and safe for concurrent use.
type Policy struct {
	name     string
	engine   *bluemonday.Policy
	elements map[string]bool // that may stay, with or without attributes
	attrs    map[string]bool // "element attribute" that may stay with some value
	comments bool            // plain comments such as <!--more--> may stay
	reading  *pipeline.Reading[outcome]
}

// Name is what Named knows the policy by.
func (p *Policy) Name() string { return p.name }

// A definition is a policy as data.
type definition struct {
	elements string   // names, separated by blanks
	attrs    []attrs  // that elements may have
	schemes  []string // of addresses; relative ones are always allowed
	comments bool
}

// attrs are attributes that the same elements may have with the same values.
type attrs struct {
	names   string // separated by blanks
	pattern string // the whole value must match; "" allows any value
	on      string // elements, separated by blanks; "" means all
}

// Default is the name of the policy where none is named.
const Default = "article"

var policies = map[string]func() *Policy{
	"article": sync.OnceValue(func() *Policy { return build("article", article) }),
	"basic":   sync.OnceValue(func() *Policy { return build("basic", basic) }),
	"strict":  sync.OnceValue(func() *Policy { return build("strict", strict) }),
}

// Policies returns the names of the built-in policies, sorted.
func Policies() []string { return slices.Sorted(maps.Keys(policies)) }

// Named returns a built-in policy: article keeps what an article is made of, with figures, tables,
// code, details and safe media; basic keeps text structure and links; strict keeps text only.
func Named(name string) (*Policy, error) {
	if err := Check(name); err != nil {
		return nil, err
	}
	return policies[name](), nil
}

// Check is Named for those who do not need the policy yet: making one takes a while.
func Check(name string) error {
	if _, ok := policies[name]; !ok {
		return fmt.Errorf("unknown policy %q; there are %s", name, strings.Join(Policies(), ", "))
	}
	return nil
}

// build makes a policy of its definition. Every element may stand without attributes: then each
// decision of bluemonday is about one token alone, and no dropped start tag makes it eat an end tag.
func build(name string, def definition) *Policy {
	p := &Policy{name: name, engine: bluemonday.NewPolicy(), elements: map[string]bool{}, attrs: map[string]bool{}, comments: def.comments}
	names := strings.Fields(def.elements)
	for _, e := range names {
		p.elements[e] = true
	}
	p.engine.AllowElements(names...)
	p.engine.AllowNoAttrs().OnElements(names...)
	p.engine.AllowURLSchemes(def.schemes...)
	p.engine.AllowRelativeURLs(true)
	if def.comments {
		p.engine.AllowComments()
	}
	for _, a := range def.attrs {
		keys, on := strings.Fields(a.names), strings.Fields(a.on)
		if a.on == "" {
			on = names
		}
		allow := p.engine.AllowAttrs(keys...)
		if a.pattern != "" {
			allow = allow.Matching(regexp.MustCompile(`^(?:` + a.pattern + `)$`))
		}
		allow.OnElements(on...)
		for _, e := range on {
			for _, key := range keys {
				p.attrs[e+" "+key] = true
			}
		}
	}
	p.reading = pipeline.NewReading(p.read)
	return p
}
