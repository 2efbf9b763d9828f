package sanitize

import (
	"fmt"
	"strings"
	"sync/atomic"

	"copydesk/pipeline"
)

// A Removal is one thing that a policy takes from a body, or would take.
type Removal struct {
	Span     pipeline.Span // in the document's Text: a start tag, an attribute; empty, at the body's begin, where there is no place
	Code     string        // SE001 to SE006, SE011; the codes of the rules that report the same
	Rule     string        // the name that goes with the code
	Severity pipeline.Severity
	What     string // "attribute onclick of a", "element form": its first word says what it is
	Why      string // "event handlers run script"
}

// String is the removal as the message of a diagnostic.
func (r Removal) String() string { return r.What + ": " + r.Why }

// maxRemovals bounds how many removals are told for one body; the last one tells how many more there are.
const maxRemovals = 10_000

// kind is the code, name and severity of a removal.
type kind struct {
	code, rule string
	severity   pipeline.Severity
}

var (
	javascriptURL = kind{"SE001", "javascript-url", pipeline.Error}
	scriptElement = kind{"SE002", "script-element", pipeline.Error}
	eventHandler  = kind{"SE003", "event-handler", pipeline.Error}
	dataURL       = kind{"SE004", "data-url", pipeline.Warning}
	anythingElse  = kind{"SE005", "would-be-removed", pipeline.Info}
	altLost       = kind{"SE006", "alt-would-be-lost", pipeline.Error}
	bodyRewritten = kind{"SE011", "body-rewritten", pipeline.Warning}
)

func (k kind) removal(span pipeline.Span, what, why string) Removal {
	return Removal{span, k.code, k.rule, k.severity, what, why}
}

// losses collects removals up to maxRemovals.
type losses struct {
	list []Removal
	more int
	last pipeline.Span
}

func (l *losses) add(k kind, span pipeline.Span, what, why string) {
	if !l.full(span) {
		l.list = append(l.list, k.removal(span, what, why))
	}
}

// full tells whether there are too many for one more to be told; that is counted then.
func (l *losses) full(span pipeline.Span) bool {
	if len(l.list) < maxRemovals-1 {
		return false
	}
	l.more++
	l.last = span
	return true
}

// all returns what was collected, with one entry for what was not.
func (l *losses) all() []Removal {
	if l.more == 0 {
		return l.list
	}
	what := fmt.Sprintf("%d more elements and attributes", l.more)
	return append(l.list, anythingElse.removal(l.last, what, fmt.Sprintf("only the first %d are listed", len(l.list))))
}

// activeAttr tells whether an attribute runs script or holds a data: address, wherever it stands.
func activeAttr(name, value string) (k kind, why string, ok bool) {
	if len(name) > 2 && strings.HasPrefix(name, "on") {
		return eventHandler, "event handlers run script", true
	}
	if !strings.Contains(value, ":") {
		return kind{}, "", false
	}
	switch s := scheme(browserTrim(value)); s {
	case "javascript", "vbscript", "livescript", "mocha":
		return javascriptURL, s + ": addresses run script", true
	case "data":
		return dataURL, "data: addresses hold content of their own", true
	}
	return kind{}, "", false
}

// Counts counts removals by what was removed. It is safe for concurrent use.
type Counts struct{ attributes, elements, comments, styles, others atomic.Int64 }

// Add counts removals.
func (c *Counts) Add(removed []Removal) {
	for _, r := range removed {
		switch part, _, _ := strings.Cut(r.What, " "); {
		case r.Code == bodyRewritten.code:
		case part == "attribute":
			c.attributes.Add(1)
		case part == "element":
			c.elements.Add(1)
		case part == "comment":
			c.comments.Add(1)
		case part == "style":
			c.styles.Add(1)
		default:
			c.others.Add(1)
		}
	}
}

// String is the counts in words, "31 attributes, 1 element and 2 comments", "" when nothing was removed.
func (c *Counts) String() string {
	var parts []string
	for _, p := range []struct {
		n    int64
		noun string
	}{{c.attributes.Load(), "attribute"}, {c.styles.Load(), "style"}, {c.elements.Load(), "element"}, {c.comments.Load(), "comment"}, {c.others.Load(), "other part"}} {
		switch {
		case p.n == 1:
			parts = append(parts, "1 "+p.noun)
		case p.n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", p.n, p.noun))
		}
	}
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}
