package sanitize

import (
	"reflect"
	"sync"

	"github.com/microcosm-cc/bluemonday"

	"copydesk/pipeline"
)

// A Policy says what may stay in a body. It is immutable and safe for concurrent use. What it takes to
// apply it is made when it is first applied: that takes a while.
type Policy struct {
	name    string
	reading *pipeline.Reading[outcome]
	make    func() // fills what follows, once

	def       *definition
	engine    *bluemonday.Policy
	elements  map[string]*element // that may stay, with or without attributes
	comments  bool                // plain comments such as <!--more--> may stay
	desks     *sync.Pool          // of *desk
	verifiers *sync.Pool          // of *verifier
	whole     bool                // bluemonday is asked about whole tags only; for tests

	inMarkdown func() *Policy // the policy with what Markdown makes beside what it keeps
}

// Default is the name of the policy where none is named.
const Default = "article"

// newPolicy makes a policy of what read returns, when that is needed.
func newPolicy(name string, read func() *definition) *Policy {
	p := &Policy{name: name}
	p.make = sync.OnceFunc(func() { p.build(read()) })
	p.reading = pipeline.NewReading(p.read)
	p.inMarkdown = sync.OnceValue(func() *Policy {
		p.make()
		if def := p.def.inMarkdown(); !reflect.DeepEqual(def, p.def) {
			return newPolicy(name, func() *definition { return def })
		}
		return p
	})
	return p
}

// Name is what the policy is known by.
func (p *Policy) Name() string { return p.name }

// build makes bluemonday's policy of a definition. Every element may stand without attributes: then each
// decision of bluemonday is about one token alone, and no dropped start tag makes it eat an end tag.
func (p *Policy) build(def *definition) {
	p.def, p.comments, p.desks = def, def.comments, newDesks()
	p.verifiers = &sync.Pool{New: func() any { return newVerifier() }}
	p.engine, p.elements = bluemonday.NewPolicy(), map[string]*element{}
	names := def.elements.sorted()
	for _, e := range names {
		p.allow(e)
	}
	p.engine.AllowElements(names...)
	p.engine.AllowNoAttrs().OnElements(names...)
	p.engine.AllowURLSchemes(def.schemes.sorted()...)
	p.engine.AllowRelativeURLs(true)
	if def.comments {
		p.engine.AllowComments()
	}
	regexps := compiler{}
	for _, g := range def.attributeGroups() {
		allow := p.engine.AllowAttrs(g.key)
		if g.pattern != "" {
			allow = allow.Matching(regexps.get(g.pattern))
		}
		allow.OnElements(g.on...)
		switch {
		case g.pattern != "":
			p.note(g.key, g.on, allowed)
		case isAddress(g.key):
			p.note(g.key, g.on, allowed|anyAddress)
		default:
			p.note(g.key, g.on, allowed|anyValue)
		}
	}
	for _, g := range def.classGroups() {
		p.engine.AllowAttrs(g.key).Matching(regexps.get(g.pattern)).OnElements(g.on...)
		p.note(g.key, g.on, allowed)
	}
	for _, g := range def.styleGroups() { // bluemonday looks into a style attribute where properties are allowed only.
		p.engine.AllowStyles(g.key).Matching(regexps.get(g.pattern)).OnElements(g.on...)
		p.note("style", g.on, allowed)
	}
	if len(def.embeds) > 0 {
		p.allowFrames(regexps)
	}
}

// An element is one that a policy keeps.
type element struct {
	name  string
	class class
	attrs map[string]allowance // by name
}

// allow notes that an element may stay.
func (p *Policy) allow(name string) {
	p.elements[name] = &element{name: name, class: classes()[name], attrs: map[string]allowance{}}
}

// An allowance is what a policy says of an attribute of an element; 0 means that it goes.
type allowance uint8

const (
	allowed    allowance = 1 << iota // it may stay, with some value
	anyValue                         // bluemonday keeps it whatever it says
	anyAddress                       // with any address of an allowed scheme
)

// note notes what was said to bluemonday of an attribute of elements.
func (p *Policy) note(attribute string, on []string, a allowance) {
	for _, e := range on {
		p.elements[e].attrs[attribute] |= a
	}
}

// allows is what the policy says of an attribute of an element, whether that may stay or not.
func (p *Policy) allows(name, attribute string) allowance {
	if e := p.elements[name]; e != nil {
		return e.attrs[attribute]
	}
	return 0
}
