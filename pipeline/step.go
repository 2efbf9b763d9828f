package pipeline

import (
	"context"
	"errors"
)

// A Step does one thing to a document. It is shared by all workers: what it shares between
// documents it locks itself. The exported fields of a step's struct are its options.
type Step interface {
	// Name is the name in Spec.
	Name() string
	// Apply changes the document through Document.Apply and reports through Document.Report.
	// An error means that this document could not be done; ErrDrop, that it leaves the stream.
	Apply(ctx context.Context, d *Document) error
}

// Preparer is a step that has something to do once, before the first document.
// Its error is a mistake of whoever configured it, and ends the run.
type Preparer interface{ Prepare() error }

// Closer is a step that has something to do once, after the last document.
type Closer interface{ Close() error }

// Concluder is a step that finds something that belongs to none of the documents of a run. Conclude is called
// once, after the last document and before Close, unless the run ended early. It gives documents
// that hold the findings, which are counted and observed but are not among those of the summary; those whose
// Text was changed go to the sink.
type Concluder interface {
	Conclude(ctx context.Context) ([]*Document, error)
}

// ErrDrop is what a step returns for a document that is to leave the stream.
var ErrDrop = errors.New("dropped")

// A Spec is an entry in the list of steps: a name, its documentation, and a step with its defaults.
type Spec struct {
	Name string // what it is called on the command line and in copydesk.yaml
	Doc  string // the first line says what it does; the rest explains
	// New returns a pointer to the step's struct with its default options. The fields that are
	// options carry the tags `option:"name"` and `help:"what it does"`.
	New func() Step
	// Examples show what options do to an article.
	Examples []Example
}

// An Example is what an option, switched on, makes of an article.
type Example struct{ Option, Before, After string }
