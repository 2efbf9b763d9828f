package pipeline

import (
	"context"
	"iter"
)

// A Source is where documents come from, always in the same order. A document that can't be read
// is a Document with Failed; a non-nil error ends the run. One with Read has yet to be loaded, which any
// goroutine may do: so files are read by those who work on them, several at a time.
type Source interface {
	Documents(ctx context.Context) iter.Seq2[*Document, error]
}

// A Sink is where documents go to. Run calls it from one goroutine, in the order of the source.
type Sink interface {
	// Write takes one document, failed ones too. Its error fails that document, unless it is
	// a StopError, which ends the run.
	Write(ctx context.Context, d *Document) error
	// Close finishes the output after the last document; nothing is complete before.
	Close() error
}

// Aborter is a sink whose output is of no use when the run ended early, an archive for one:
// Abort is called then in place of Close, and leaves no trace of the output.
type Aborter interface{ Abort() error }

// A StopError ends the run: nothing more can be written or read.
type StopError struct{ Err error }

func (e *StopError) Error() string { return e.Err.Error() }
func (e *StopError) Unwrap() error { return e.Err }
