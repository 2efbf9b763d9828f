package markup

import "fmt"

// A LimitError says that a body goes beyond what is read of it, so that no body takes more than a few
// seconds or a gigabyte.
type LimitError struct {
	Limit  string // what is limited, in the plural: "references"
	Value  int    // how many are allowed
	Offset int    // where in the body the first thing beyond stands, in bytes
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("more than %d %s, at byte %d of the body: split or mend it there", e.Value, e.Limit, e.Offset)
}

// The limits. Well-kept sites stay far below all of them.
const (
	maxElements    = 1_000_000   // of HTML, in one body
	maxAllAttrs    = 2_000_000   // of all tags in one body
	maxHTMLDepth   = 256         // of what is written as Markdown; below it, elements are flattened
	maxSpan        = 1_000       // columns or rows of a cell, as in browsers
	maxPrefix      = 50_000_000  // tags, times the square of the quotes and list items around each
	maxLines       = 1_000_000   // of Markdown
	maxNesting     = 100         // of quotes, list items and footnotes within each other
	maxContinued   = 20_000_000  // lines, times the quotes and lists that each stands in
	maxDelimiters  = 4_000       // *, _ and ~ runs in one paragraph, code apart
	maxBrackets    = 4_000       // of links and images in one paragraph, code apart
	maxReferences  = 10_000      // definitions
	minExpansion   = 100 << 10   // bytes that references may expand to, or the size of the body if that is more
	maxFootnotes   = 2_000       // definitions
	maxCells       = 100_000     // of all tables; in HTML only those that are filled in
	maxWork        = 500_000_000 // steps of about a nanosecond that reading text within blocks may take
	minOutput      = 16 << 20    // bytes of what is rendered, or
	outputPerInput = 16          // so many times the input if that is more
)
