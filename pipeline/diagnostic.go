package pipeline

import "fmt"

// Severity is how much a finding matters.
type Severity int

// The severities, the least first.
const (
	Info Severity = iota
	Warning
	Error
)

var severityNames = [...]string{Info: "info", Warning: "warning", Error: "error"}

func (s Severity) String() string { return severityNames[s] }

// ParseSeverity reads the name of a severity.
func ParseSeverity(name string) (Severity, error) {
	for s, n := range severityNames {
		if n == name {
			return Severity(s), nil
		}
	}
	return 0, fmt.Errorf("unknown severity %q; there are info, warning and error", name)
}

// Safety says who may apply a fix.
type Safety int

// The safeties of a fix.
const (
	// Safe fixes leave what a reader or a parser sees as it was, or change only
	// what the finding names, in the one way it can be changed: --fix.
	Safe Safety = iota
	// Unsafe fixes may change the meaning: --fix --unsafe-fixes.
	Unsafe
	// Hints are offered to a person and never applied by a command.
	Hint
)

var safetyNames = [...]string{Safe: "safe", Unsafe: "unsafe", Hint: "hint"}

func (s Safety) String() string { return safetyNames[s] }

// A Fix is one way to repair what a diagnostic reports.
type Fix struct {
	Title  string // what it does, as an imperative: "remove the blank line"
	Safety Safety
	Edits  []Edit // byte edits, all or none of which are applied
	// Keys are JSON pointers of the front matter values that the fix means to change
	// (or to remove); any other change of a value is a fault of the fix.
	Keys []string
}

// Related is a second place that a diagnostic speaks of.
type Related struct {
	Span    Span
	Message string
}

// A Diagnostic is something that a rule or a step found in a document.
// Spans and edits are byte offsets into the document's Source once it stands in
// Document.Diagnostics; before that, in what is given to Document.Report, into its Text.
// Lines and columns are made when it is printed.
type Diagnostic struct {
	Path     string // as the user would open it
	Span     Span
	Severity Severity
	Code     string // "MT001"
	Rule     string // "date-format"
	Message  string // lower case, no full stop, the fact with its numbers
	Fixes    []Fix
	Related  []Related
	// Replaced is true when the place had been changed before the finding was made:
	// Span then is the whole region of Source that the changed bytes came from.
	Replaced bool
}
