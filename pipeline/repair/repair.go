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
	repairs     []Repair
	boilerplate []*regexp.Regexp
}

// New makes the set that options ask for. The error says which pattern is broken.
func New(o Options) (*Set, error) {
	s := &Set{}
	for _, r := range All() {
		if r.on(&o) {
			s.repairs = append(s.repairs, r)
		}
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
	for range maxRounds {
		before := places
		for i := range s.repairs {
			n, err := s.mend(d, &s.repairs[i], max(0, maxTold-places))
			if err != nil {
				return places, err
			}
			places += n
		}
		if places == before {
			break
		}
	}
	return places, nil
}

// maxTold bounds how many places are reported one by one in a document.
const maxTold = 10_000

// mend makes one repair in all places where it can be made at once, and reports so many of them one by one.
func (s *Set) mend(d *pipeline.Document, r *Repair, told int) (places int, err error) {
	found := apart(r.find(markup.Of(d), s))
	var edits []pipeline.Edit
	for _, f := range found {
		edits = append(edits, f.Edits...)
	}
	if len(edits) == 0 || !keepsShape(d, edits) {
		return 0, nil
	}
	for i, f := range found {
		message := "repaired: " + f.Message
		if i == told && len(found) > told+1 {
			message = fmt.Sprintf("repaired: %d more places in the same way", len(found)-told)
		}
		d.Report(pipeline.Diagnostic{Span: f.Span, Severity: pipeline.Info, Code: r.Code, Rule: r.Rule, Message: message})
		if i == told {
			break
		}
	}
	return len(found), d.Apply(edits...)
}

// apart returns what was found with edits, without what overlaps with something that begins before it.
func apart(found []Found) []Found {
	found = slices.DeleteFunc(found, func(f Found) bool { return len(f.Edits) == 0 })
	reach := func(f Found) (start, end int) {
		start, end = f.Edits[0].Start, f.Edits[0].End
		for _, e := range f.Edits {
			start, end = min(start, e.Start), max(end, e.End)
		}
		return start, end
	}
	slices.SortStableFunc(found, func(a, b Found) int {
		at, _ := reach(a)
		bt, _ := reach(b)
		return at - bt
	})
	last := -1
	return slices.DeleteFunc(found, func(f Found) bool {
		start, end := reach(f)
		if start < last {
			return true
		}
		last = max(end, start+1)
		return false
	})
}

// keepsShape tells whether edits leave the body where it begins, and in the format that looking at it finds.
func keepsShape(d *pipeline.Document, edits []pipeline.Edit) bool {
	sorted, err := pipeline.SortEdits(edits, len(d.Text))
	if err != nil {
		return false
	}
	after := pipeline.NewDocument(d.Path, d.Name, pipeline.ApplyEdits(d.Text, sorted))
	after.BodyStart = d.BodyStart
	body, was := after.Body(), d.Body()
	return body.Start == was.Start && (markup.Detect(d.Path, was.Of(d.Text)) != d.Format || markup.Detect(d.Path, body.Of(after.Text)) == d.Format)
}
