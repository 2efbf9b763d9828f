package repair

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// A Repair is an entry in the list of repairs.
type Repair struct {
	Name   string // of the option that switches it
	Code   string // of the rule that finds the same, or of the finding alone
	Rule   string // the name that goes with the code
	Before string // the body of an example
	After  string // what the repair makes of it
	on     func(*Options) bool
	find   func(*markup.Body, *Set) []Found
	blocks bool // it takes blocks away, or makes text of them, which matters to what else is found
}

// A Found is a place that a repair mends. Spans and edits count in the body's Text.
type Found struct {
	Span    pipeline.Span
	Message string          // the fact, as lint has it
	Title   string          // what the edits do: "rename it to width"
	Edits   []pipeline.Edit // of one place; those of several places may overlap
}

// All lists the repairs in the order in which they are made.
func All() []Repair {
	return []Repair{
		escapeCode,
		loadLazy,
		renameAttributes,
		unwrapRedirects,
		stripTracking,
		addNoopener,
		dropPixels,
		unlinkVoid,
		stripWord,
		decodeBraces,
		dropBoilerplate,
		dropEmpty,
		unwrapBody,
	}
}

// Options switch repairs. On by default are those that take no visible text away.
type Options struct {
	EscapeCode       bool `option:"escape-code" help:"show live tags in pre as the text of the code sample that they are"`
	LoadLazy         bool `option:"load-lazy" help:"show the pictures that scripts would load later, from data-src, data-original and noscript"`
	RenameAttributes bool `option:"rename-attributes" help:"write attributes as HTML calls them: w and h of img are width and height"`
	UnwrapRedirects  bool `option:"unwrap-redirects" help:"link to where a redirecting page leads"`
	StripTracking    bool `option:"strip-tracking" help:"take parameters such as utm_source out of the addresses of links"`
	AddNoopener      bool `option:"add-noopener" help:"add rel=\"noopener noreferrer\" to links with target=\"_blank\""`
	DropPixels       bool `option:"drop-pixels" help:"remove pictures that only count readers"`
	UnlinkVoid       bool `option:"unlink-void" help:"make text of links such as javascript:;"`
	StripWord        bool `option:"strip-word" help:"remove the classes, styles and spans that Word leaves"`
	DecodeBraces     bool `option:"decode-braces" help:"write { and } in code as they are, not as &#123; and &#125;"`
	DropBoilerplate  bool `option:"drop-boilerplate" help:"remove reprint notices, credits of editors, topic tags and share bars"`
	DropEmpty        bool `option:"drop-empty" help:"remove elements without content, such as <p></p>"`
	UnwrapBody       bool `option:"unwrap-body" help:"unwrap the div that holds the whole body"`

	Boilerplate []string `option:"boilerplate" help:"patterns of more texts that drop-boilerplate removes: regular expressions for the text of a block"`
}

// Defaults are the options where none are set.
func Defaults() Options {
	return Options{EscapeCode: true, LoadLazy: true, RenameAttributes: true, UnwrapRedirects: true, StripTracking: true,
		AddNoopener: true, DropPixels: true, UnlinkVoid: true, StripWord: true, DecodeBraces: true, DropEmpty: true}
}

// A Set is the repairs that options switch on. It is immutable and safe for concurrent use.
type Set struct {
	groups      [][]Repair // those of one group are made at once
	boilerplate []*regexp.Regexp
}

// New makes the set that options ask for. The error says which pattern is broken.
func New(o Options) (*Set, error) {
	s := &Set{}
	var last *Repair
	for _, r := range All() {
		if !r.on(&o) {
			continue
		}
		if last == nil || last.blocks || r.blocks {
			s.groups = append(s.groups, nil)
		}
		group := &s.groups[len(s.groups)-1]
		*group = append(*group, r)
		last = &r
	}
	var err error
	s.boilerplate, err = Patterns(o.Boilerplate)
	return s, err
}

// maxRounds bounds how often the repairs are made: one can uncover what another mends.
const maxRounds = 20

// Apply mends the body of a document and reports each place, as information. It returns how many
// there were. The markup of .mdx files is a program, and stays as it is.
func (s *Set) Apply(d *pipeline.Document) (places int, err error) {
	if strings.EqualFold(path.Ext(d.Path), ".mdx") {
		return 0, nil
	}
	idle := 0 // how many groups have found nothing in the body as it is now
	for i := 0; idle < len(s.groups) && i < maxRounds*len(s.groups); i++ {
		n, err := s.mend(d, s.groups[i%len(s.groups)], max(0, maxTold-places))
		if err != nil {
			return places, err
		}
		places += n
		if idle++; n > 0 {
			idle = 0
		}
	}
	return places, nil
}

// maxTold bounds how many places are reported one by one in a document.
const maxTold = 10_000

// A place is where a repair is to be made. Its edits lie between start and end, which are those of a tag where
// the edits are within one: no two repairs look after one tag at once.
type place struct {
	Found
	repair     *Repair
	start, end int
}

// mend makes repairs in all places where they can be made at once, and reports so many of them one by one.
func (s *Set) mend(d *pipeline.Document, group []Repair, told int) (int, error) {
	var places []place
	b := markup.Of(d)
	for i := range group {
		more := apart(&group[i], group[i].find(b, s))
		for j := range more {
			more[j].widen(b.Elements)
		}
		places = merge(places, more)
	}
	count := 0
	for i := range places {
		count += len(places[i].Edits)
	}
	edits := make([]pipeline.Edit, 0, count)
	for i := range places {
		edits = append(edits, places[i].Edits...)
	}
	if len(edits) == 0 {
		return 0, nil
	}
	keeps, weighed := keepsShape(d, edits)
	switch {
	case keeps:
		err := report(d, places, told, edits)
		if weighed {
			markup.NoteWeighed(d)
		}
		return len(places), err
	case len(group) == 1:
		return 0, nil
	}
	sum := 0
	for i := range group {
		n, err := s.mend(d, group[i:i+1], max(0, told-sum))
		if err != nil {
			return sum, err
		}
		sum += n
	}
	return sum, nil
}

// report tells of places, so many of them one by one, and makes the edits.
func report(d *pipeline.Document, places []place, told int, edits []pipeline.Edit) error {
	for i, p := range places {
		message := "repaired: " + p.Message
		if i == told && len(places) > told+1 {
			message = fmt.Sprintf("repaired: %d more places", len(places)-told)
		}
		d.Report(pipeline.Diagnostic{Span: p.Span, Severity: pipeline.Info, Code: p.repair.Code, Rule: p.repair.Rule, Message: message})
		if i == told {
			break
		}
	}
	return d.Apply(edits...)
}

// apart returns what a repair found with edits, sorted, without what overlaps with something that begins before it.
func apart(r *Repair, found []Found) []place {
	places := make([]place, 0, len(found))
	for _, f := range found {
		if len(f.Edits) == 0 {
			continue
		}
		p := place{f, r, f.Edits[0].Start, f.Edits[0].End}
		for _, e := range f.Edits {
			p.start, p.end = min(p.start, e.Start), max(p.end, e.End)
		}
		p.end = max(p.end, p.start+1) // Where something is put in, it is put in once.
		places = append(places, p)
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.start - b.start })
	last := -1
	return slices.DeleteFunc(places, func(p place) bool {
		if p.start < last {
			return true
		}
		last = p.end
		return false
	})
}

// widen makes a place reach over the tags in which it begins and ends.
func (p *place) widen(elements []markup.Element) {
	before := func(at int) *markup.Element {
		i, _ := slices.BinarySearchFunc(elements, at, func(e markup.Element, at int) int { return e.Span.Start - at - 1 })
		if i == 0 {
			return nil
		}
		return &elements[i-1]
	}
	if e := before(p.end - 1); e != nil {
		p.end = max(p.end, e.Span.End)
	}
	if e := before(p.start); e != nil && p.start < e.Span.End {
		p.start = e.Span.Start
	}
}

// merge adds places to those of repairs that come first, without what overlaps with one of them. Both are sorted.
func merge(first, more []place) []place {
	switch {
	case len(first) == 0:
		return more
	case len(more) == 0:
		return first
	}
	out := make([]place, 0, len(first)+len(more))
	for _, p := range more {
		for len(first) > 0 && first[0].end <= p.start {
			out, first = append(out, first[0]), first[1:]
		}
		if len(first) == 0 || p.end <= first[0].start {
			out = append(out, p)
		}
	}
	return append(out, first...)
}

// keepsShape tells whether edits leave the body where it begins, and in the format that looking at it finds; weighed is
// true where that has been found by weighing all of the body.
func keepsShape(d *pipeline.Document, edits []pipeline.Edit) (keeps, weighed bool) {
	sorted, err := pipeline.SortEdits(edits, len(d.Text))
	if err != nil {
		return false, false
	}
	after := pipeline.NewDocument(d.Path, d.Name, pipeline.ApplyEdits(d.Text, sorted))
	after.BodyStart = d.BodyStart
	after.FindFormat = func(after *pipeline.Document) pipeline.Format { return markup.DetectIn(d.Path, after) }
	was := d.Body()
	if after.Body().Start != was.Start {
		return false, false
	}
	if markup.FormatOf(after) == d.Format {
		return true, markup.Weighed(after)
	}
	return markup.Detect(d.Path, was.Of(d.Text)) != d.Format, false
}
