package matter

import (
	"fmt"

	"copydesk/pipeline"
)

// FaultKind names what is wrong.
type FaultKind string

// The kinds of fault. Each is reported by the rule of the same name.
const (
	NotFirst      FaultKind = "front-matter-not-first" // Span: the bytes before the fence
	BOM           FaultKind = "byte-order-mark"        // Span: the mark
	Unclosed      FaultKind = "unclosed-front-matter"  // Span: the opening fence; Related: where it probably ends
	EarlyFence    FaultKind = "early-delimiter"        // Span: the indented fence inside a scalar
	OddFence      FaultKind = "odd-delimiter"          // Span: the fence line
	WrongFormat   FaultKind = "format-mismatch"        // Span: the opening fence
	Duplicate     FaultKind = "duplicate-key"          // Span: the later key; Related: the earlier one
	NotMapping    FaultKind = "not-a-mapping"          // Span: the value, or the prose between two rules
	MixedNewlines FaultKind = "mixed-newlines"         // Span: the first line break that differs

	// With one of these nothing can be read: Root is nil. Syntax is what is none of the others.
	Syntax       FaultKind = "syntax-error"          // Span: the guilty bytes
	OverLimit    FaultKind = "over-limit"            // Span: the place where the limit is passed
	TabIndent    FaultKind = "tab-indent"            // Span: the tabs
	Fullwidth    FaultKind = "fullwidth-syntax"      // Span: the full-width character where syntax must stand
	SmartQuote   FaultKind = "smart-quote-delimiter" // Span: the typographic quote where a straight one must stand
	Conflict     FaultKind = "conflict-marker"       // Span: the marker's line
	NeedsQuotes  FaultKind = "needs-quotes"          // Span: what is not text without (other) quotes
	SecondMatter FaultKind = "second-front-matter"   // Span: the mark that the second YAML document begins with
	BadByte      FaultKind = "bad-bytes"             // Span: the byte, or the control character
	Separator    FaultKind = "line-separator"        // Span: U+0085, U+2028 or U+2029
	BareKey      FaultKind = "toml-bare-key"         // Span: the key
)

// A Fault is something wrong with front matter.
type Fault struct {
	Kind    FaultKind
	Span    pipeline.Span
	Message string          // in plain words, lower case, no full stop
	Related []pipeline.Span // the other place that the fault speaks of
	Edits   []pipeline.Edit // the bytes that repair it, where there is one way to do it; nil otherwise
	Equal   bool            // Duplicate: both entries have the same value
	Minor   bool            // OddFence: plain to read, though some tools see no front matter
	Prose   bool            // NotMapping: prose between two thematic breaks, which stays body
}

// Unreadable tells whether the fault keeps the data from being read.
func (f Fault) Unreadable() bool {
	switch f.Kind {
	case Syntax, OverLimit, TabIndent, Fullwidth, SmartQuote, Conflict, NeedsQuotes, SecondMatter, BadByte, Separator, BareKey:
		return true
	}
	return false
}

func overLimit(at int, what string, limit int) Fault {
	return Fault{
		Kind: OverLimit, Span: pipeline.Span{Start: at, End: at},
		Message: fmt.Sprintf("more than %d %s, the limit", limit, what),
	}
}

func syntaxFault(span pipeline.Span, format string, args ...any) Fault {
	return Fault{Kind: Syntax, Span: span, Message: fmt.Sprintf(format, args...)}
}

// of makes the fault one of another kind, which the edits repair.
func (f Fault) of(kind FaultKind, edits ...pipeline.Edit) Fault {
	f.Kind, f.Edits = kind, edits
	return f
}

func unreadable(faults []Fault) bool {
	for _, f := range faults {
		if f.Unreadable() {
			return true
		}
	}
	return false
}
