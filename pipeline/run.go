package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// Options says how Run runs. The zero value is a good choice.
type Options struct {
	// Jobs is how many documents are worked on at once; 0 means one per processor.
	Jobs int
	// TimeLimit is how long one document may take in all steps, by the clock; 0 means no limit.
	// The time between StopClock and what it returns does not count.
	TimeLimit time.Duration
	// MaxFailures ends the run after so many failed documents; 0 means never.
	MaxFailures int
	// Observe, if set, sees each document in source order, after it went to the sink.
	Observe func(*Document)
}

// Summary counts what a run did.
type Summary struct {
	Documents int // that the source gave
	Failed    int // that could not be read, done or written
	Carried   int // that had failed in an earlier process and were passed on
	Dropped   int // that a step took out of the stream
	Changed   int // whose Text differs from their Source
	Found     [Error + 1]int
	Fixable   int // findings with a safe fix
}

// ErrTooManyFailures ends a run after Options.MaxFailures.
var ErrTooManyFailures = errors.New("too many failed documents")

// grace is how long documents in hand may take after a run was cancelled.
const grace = 1500 * time.Millisecond

// slot is the place of one document in the source's order.
type slot struct {
	doc   *Document
	index int // from 0
	bytes int // that it was held with
	drop  bool
	taken atomic.Bool // by whoever says what became of the document
	done  chan struct{}
}

// Run takes the documents of source through the steps to sink. Steps work on several documents
// at once; the source is read, and the sink written and Observe called, in the source's order,
// by one goroutine each, so the result does not depend on Options.Jobs. At most 2 x Jobs documents
// are held at a time, or some more while they are small. A panic in a step is that document's failure. The error says why the run
// ended early: the source's or the sink's trouble, a step's Prepare or Close, or ctx's error.
// Documents that were finished before that have been written; the sink and the steps are closed.
func Run(ctx context.Context, source Source, steps []Step, sink Sink, opt Options) (sum Summary, err error) {
	if opt.Jobs <= 0 {
		opt.Jobs = runtime.GOMAXPROCS(0)
	}
	defer func() { err = errors.Join(err, closeSteps(steps), closeSink(sink, err)) }()
	for _, s := range steps {
		if p, ok := s.(Preparer); ok {
			if err := p.Prepare(); err != nil {
				return sum, &PrepareError{s.Name(), err}
			}
		}
	}
	work, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	held := newHold(work, opt.Jobs)
	order, todo := start(work, cancel, source, held)
	crew := &crew{work, steps, opt.TimeLimit, todo, held}
	for range opt.Jobs {
		go crew.work()
	}
	for s := range order {
		if !wait(work, s) {
			break
		}
		if err := sum.take(ctx, s, sink, opt); err != nil {
			cancel(err)
			break
		}
		held.release(s)
	}
	if cause := context.Cause(work); cause != nil {
		return sum, cause
	}
	return sum, sum.conclude(ctx, steps, sink, opt)
}

// start reads the source into two channels that hold the same slots: order for the writer,
// todo for the workers. They are longer than there are documents in hand, so that no goroutine waits for another
// at each of them.
func start(ctx context.Context, cancel context.CancelCauseFunc, source Source, held *hold) (order, todo chan *slot) {
	order, todo = make(chan *slot, ahead*held.jobs), make(chan *slot, ahead*held.jobs)
	go func() {
		defer close(order)
		defer close(todo)
		defer func() {
			if p := recover(); p != nil {
				cancel(&PanicError{"source", p, debug.Stack()})
			}
		}()
		index := 0
		for d, err := range source.Documents(ctx) {
			if err != nil {
				cancel(err)
				return
			}
			s := &slot{doc: d, index: index, done: make(chan struct{})}
			held.keep(s)
			select {
			case order <- s:
				todo <- s
			case <-ctx.Done():
				return
			}
			index++
			held.admit(index)
		}
	}()
	return order, todo
}

// wait waits for a document in hand; after the run was cancelled, for a short while only.
func wait(ctx context.Context, s *slot) bool {
	select {
	case <-s.done:
		return ctx.Err() == nil || !errors.Is(s.doc.Failed, ctx.Err())
	case <-ctx.Done():
	}
	select {
	case <-s.done:
		return !errors.Is(s.doc.Failed, ctx.Err())
	case <-time.After(grace):
		return false
	}
}

// take counts one finished document, writes it and shows it.
func (sum *Summary) take(ctx context.Context, s *slot, sink Sink, opt Options) error {
	d := s.doc
	sum.Documents++
	if s.drop {
		sum.Dropped++
	} else if err := sink.Write(context.WithoutCancel(ctx), d); err != nil {
		if stop := (*StopError)(nil); errors.As(err, &stop) {
			return err
		}
		d.Failed = err
	}
	sum.count(d)
	if opt.Observe != nil {
		opt.Observe(d)
	}
	if opt.MaxFailures > 0 && sum.Failed >= opt.MaxFailures {
		return fmt.Errorf("%w: %d", ErrTooManyFailures, sum.Failed)
	}
	return nil
}

// count counts what became of a document.
func (sum *Summary) count(d *Document) {
	for _, f := range d.Diagnostics {
		sum.Found[f.Severity]++
		for _, fix := range f.Fixes {
			if fix.Safety == Safe {
				sum.Fixable++
				break
			}
		}
	}
	switch {
	case errors.Is(d.Failed, ErrCarried):
		sum.Carried++
	case d.Failed != nil:
		sum.Failed++
	case d.Changed():
		sum.Changed++
	}
}

// conclude takes what the steps have to say at the end.
func (sum *Summary) conclude(ctx context.Context, steps []Step, sink Sink, opt Options) error {
	for _, s := range steps {
		c, ok := s.(Concluder)
		if !ok {
			continue
		}
		documents, err := c.Conclude(ctx)
		if err != nil {
			return fmt.Errorf("step %s: %w", s.Name(), err)
		}
		for _, d := range documents {
			if d.Changed() {
				if err := sink.Write(context.WithoutCancel(ctx), d); err != nil {
					return err
				}
			}
			sum.count(d)
			if opt.Observe != nil {
				opt.Observe(d)
			}
		}
	}
	return nil
}

func closeSteps(steps []Step) error {
	var errs []error
	for _, s := range steps {
		if c, ok := s.(Closer); ok {
			if err := c.Close(); err != nil {
				errs = append(errs, fmt.Errorf("step %s: %w", s.Name(), err))
			}
		}
	}
	return errors.Join(errs...)
}

// closeSink finishes the output of a run that ended with err.
func closeSink(sink Sink, err error) error {
	if a, ok := sink.(Aborter); ok && err != nil {
		return a.Abort()
	}
	return sink.Close()
}

// crew are the workers of a run.
type crew struct {
	ctx   context.Context
	steps []Step
	limit time.Duration
	todo  <-chan *slot
	held  *hold
}

// work takes documents through the steps until there are no more.
func (c *crew) work() {
	for s := range c.todo {
		if !c.do(s) {
			return
		}
	}
}

// do takes one document through all steps. Where that is over the time limit, a new document tells
// of the failure, and another worker goes on: do is false then, when the steps come back at last.
func (c *crew) do(s *slot) bool {
	d, ctx := s.doc, c.ctx
	if d.Read != nil {
		c.held.admit(s.index)
		if err := guard("source", func() error { d.Load(); return nil }); err != nil {
			d.Failed = err
		}
		c.held.keep(s)
	}
	if c.limit > 0 {
		limit := startClock(c.limit, c.late(s))
		defer limit.stop()
		ctx = context.WithValue(ctx, clockKey{}, limit)
	}
	drop := applySteps(ctx, c.steps, d)
	if !s.taken.CompareAndSwap(false, true) {
		return false
	}
	s.drop = drop
	close(s.done)
	return true
}

// late gives what is called when a document is over the time limit.
func (c *crew) late(s *slot) func() {
	path, name, source, format, find, form := s.doc.Path, s.doc.Name, s.doc.Source, s.doc.Format, s.doc.FindFormat, s.doc.Form
	return func() {
		if !s.taken.CompareAndSwap(false, true) {
			return
		}
		failed := NewDocument(path, name, source)
		failed.Format, failed.FindFormat, failed.Form = format, find, form
		failed.Failed = fmt.Errorf("took longer than %v, the limit; raise it with --time-limit", c.limit)
		s.doc = failed
		close(s.done)
		c.work()
	}
}

func applySteps(ctx context.Context, steps []Step, d *Document) (drop bool) {
	for _, s := range steps {
		if d.Failed != nil {
			return false
		}
		if ctx.Err() != nil {
			d.Failed = ctx.Err()
			return false
		}
		before := d.Text
		err := guard(s.Name(), func() error { return s.Apply(ctx, d) })
		if errors.Is(err, ErrDrop) {
			return true
		}
		if err != nil {
			d.Failed = fmt.Errorf("%s: %w", s.Name(), err)
			return false
		}
		d.Trail = append(d.Trail, Visit{s.Name(), !sameText(before, d.Text)})
	}
	return false
}

// sameText compares two texts that are mostly one and the same slice.
func sameText(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	return len(a) == 0 || &a[0] == &b[0] || string(a) == string(b)
}

// guard makes a panic in do an error.
func guard(where string, do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &PanicError{where, p, debug.Stack()}
		}
	}()
	return do()
}

// A PrepareError says that a step could not be prepared: a mistake of whoever configured it.
type PrepareError struct {
	Step string
	Err  error
}

func (e *PrepareError) Error() string { return fmt.Sprintf("step %s: %v", e.Step, e.Err) }
func (e *PrepareError) Unwrap() error { return e.Err }

// A PanicError is a panic in a step or in the source, as an error.
type PanicError struct {
	Where string
	Value any
	Stack []byte // for --verbose and for a bug report
}

func (e *PanicError) Error() string {
	return fmt.Sprintf("internal fault in %s: %v; the other articles are not touched by it, please report it", e.Where, e.Value)
}
