package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// numbered is a source of n small documents; inHand counts those that were given and not yet observed.
type numbered struct {
	n      int
	err    error
	text   []byte // of all documents; nil: short ones that differ
	inHand *atomic.Int32
	most   atomic.Int32
}

func (s *numbered) Documents(context.Context) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		for i := range s.n {
			if s.inHand != nil {
				s.most.Store(max(s.most.Load(), s.inHand.Add(1)))
			}
			name, text := fmt.Sprintf("%03d.md", i), s.text
			if text == nil {
				text = fmt.Appendf(nil, "article %d\n", i)
			}
			if !yield(NewDocument(name, "in/"+name, text), nil) {
				return
			}
		}
		if s.err != nil {
			yield(nil, s.err)
		}
	}
}

// collect is a sink that keeps what it gets.
type collect struct {
	bytes.Buffer
	closed, aborted bool
	fail            func(*Document) error
}

func (c *collect) Write(_ context.Context, d *Document) error {
	if c.fail != nil {
		if err := c.fail(d); err != nil {
			return err
		}
	}
	if d.Failed == nil {
		fmt.Fprintf(&c.Buffer, "%s: %s", d.Path, d.Text)
	}
	return nil
}
func (c *collect) Close() error { c.closed = true; return nil }
func (c *collect) Abort() error { c.aborted = true; return nil }

// stepFunc is a step made of a function.
type stepFunc func(context.Context, *Document) error

func (stepFunc) Name() string                                   { return "test" }
func (f stepFunc) Apply(ctx context.Context, d *Document) error { return f(ctx, d) }

// uneven does some documents later than others, edits all and finds something in each third.
func uneven(_ context.Context, d *Document) error {
	n := d.Source[8]
	time.Sleep(time.Duration(n%5) * 100 * time.Microsecond)
	switch {
	case n%7 == 0:
		return ErrDrop
	case n%7 == 3:
		panic("seven plus three")
	case n%3 == 0:
		d.Report(Diagnostic{Span: Span{0, 7}, Severity: Warning, Code: "T1", Message: "third"})
	}
	return d.Apply(Edit{0, 7, "ARTICLE"})
}

func TestRunIsTheSameForAnyJobs(t *testing.T) {
	var want string
	for _, jobs := range []int{1, 2, 64} {
		sink := &collect{}
		var seen strings.Builder
		sum, err := Run(context.Background(), &numbered{n: 200}, []Step{stepFunc(uneven)}, sink, Options{
			Jobs: jobs, Observe: func(d *Document) { fmt.Fprintln(&seen, d.Name, d.Failed, d.Diagnostics, d.Trail) },
		})
		if err != nil || !sink.closed || sink.aborted {
			t.Fatalf("jobs %d: %v, closed %v, aborted %v", jobs, err, sink.closed, sink.aborted)
		}
		got := fmt.Sprint(sum, sink.String(), seen.String())
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%d jobs give another result than 1", jobs)
		}
		if sum.Documents != 200 || sum.Failed == 0 || sum.Dropped == 0 || sum.Found[Warning] == 0 || sum.Changed+sum.Failed+sum.Dropped != 200 {
			t.Errorf("summary %+v", sum)
		}
	}
	if !strings.Contains(want, "internal fault in test: seven plus three") {
		t.Error("a panic is not told as the document's failure")
	}
}

func TestRunIsBounded(t *testing.T) {
	for _, c := range []struct {
		text []byte
		jobs int
		most int32
	}{
		{make([]byte, maxHeld+1), 1, 2}, {make([]byte, maxHeld+1), 3, 6}, {make([]byte, maxHeld+1), 16, 32},
		{make([]byte, maxHeld/16), 1, 18}, {nil, 1, ahead + 3},
	} {
		var inHand atomic.Int32
		source := &numbered{n: 300, text: c.text, inHand: &inHand}
		full := &collect{fail: func(*Document) error { return errors.New("no space") }}
		_, err := Run(context.Background(), source, nil, full, Options{Jobs: c.jobs, Observe: func(*Document) {
			time.Sleep(50 * time.Microsecond)
			inHand.Add(-1)
		}})
		if err != nil {
			t.Fatal(err)
		}
		if most := source.most.Load(); most > c.most {
			t.Errorf("%d jobs held %d documents of %d bytes", c.jobs, most, len(c.text))
		}
	}
}

func TestRunEndsEarly(t *testing.T) {
	stop := errors.New("no more")
	never := stepFunc(func(ctx context.Context, _ *Document) error { return ctx.Err() })
	failing := stepFunc(func(context.Context, *Document) error { return errors.New("can't") })
	third := func(err error) func(*Document) error {
		return func(d *Document) error {
			if d.Path == "002.md" {
				return err
			}
			return nil
		}
	}
	for name, c := range map[string]struct {
		source    *numbered
		step      Step
		sink      *collect
		opt       Options
		want      error
		documents int
	}{
		"source fails":      {&numbered{n: 5, err: stop}, never, &collect{}, Options{}, stop, -1},
		"sink stops":        {&numbered{n: 50}, never, &collect{fail: third(&StopError{stop})}, Options{}, stop, 3},
		"sink fails one":    {&numbered{n: 50}, never, &collect{fail: third(stop)}, Options{}, nil, 50},
		"too many failures": {&numbered{n: 50}, failing, &collect{}, Options{MaxFailures: 4}, ErrTooManyFailures, 4},
	} {
		t.Run(name, func(t *testing.T) {
			sum, err := Run(context.Background(), c.source, []Step{c.step}, c.sink, c.opt)
			if !errors.Is(err, c.want) || (c.documents >= 0 && sum.Documents != c.documents) {
				t.Errorf("%d documents, error %v; want %d, %v", sum.Documents, err, c.documents, c.want)
			}
			if c.sink.aborted != (c.want != nil) || c.sink.closed == c.sink.aborted {
				t.Errorf("closed %v, aborted %v", c.sink.closed, c.sink.aborted)
			}
		})
	}
}

func TestRunIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	sink := &collect{}
	hang := stepFunc(func(ctx context.Context, d *Document) error {
		if d.Path == "003.md" {
			cancel()
			<-ctx.Done()
		}
		return nil
	})
	began := time.Now()
	_, err := Run(ctx, &numbered{n: 1 << 30}, []Step{hang}, sink, Options{Jobs: 2})
	if !errors.Is(err, context.Canceled) || !sink.aborted {
		t.Errorf("error %v, aborted %v", err, sink.aborted)
	}
	for i, line := range strings.Split(strings.TrimSpace(sink.String()), "\n") {
		if line == "" {
			break // The first was not done yet.
		}
		if i >= 3*ahead || line != fmt.Sprintf("%03d.md: article %d", i, i) {
			t.Errorf("after the cancellation, line %d is %q", i, line)
		}
	}
	if time.Since(began) > 20*time.Second {
		t.Error("cancelling was not heard")
	}
}

func TestRunLimitsTime(t *testing.T) {
	hang := stepFunc(func(_ context.Context, d *Document) error {
		if d.Path == "001.md" {
			select {} // A step that takes no context.
		}
		return nil
	})
	var failed []string
	sum, err := Run(context.Background(), &numbered{n: 4}, []Step{hang}, &collect{}, Options{
		Jobs: 2, TimeLimit: 100 * time.Millisecond, Observe: func(d *Document) {
			if d.Failed != nil {
				failed = append(failed, d.Path)
			}
		}})
	if err != nil || sum.Failed != 1 || len(failed) != 1 || failed[0] != "001.md" {
		t.Errorf("%+v, %v, failed %v", sum, err, failed)
	}
}

// Waiting for others does not count, however often it is done; working afterwards does.
func TestRunLimitsNoWaiting(t *testing.T) {
	wait := stepFunc(func(ctx context.Context, d *Document) error {
		outer := StopClock(ctx)
		inner := StopClock(ctx)
		inner()
		inner()
		time.Sleep(250 * time.Millisecond)
		outer()
		if d.Path == "001.md" {
			time.Sleep(time.Second)
		}
		return nil
	})
	var failed []string
	_, err := Run(context.Background(), &numbered{n: 4}, []Step{wait}, &collect{}, Options{
		Jobs: 4, TimeLimit: 200 * time.Millisecond, Observe: func(d *Document) {
			if d.Failed != nil {
				failed = append(failed, d.Path)
			}
		}})
	if err != nil || len(failed) != 1 || failed[0] != "001.md" {
		t.Error(err, failed)
	}
	StopClock(t.Context())() // There is none.
}

func BenchmarkRun(b *testing.B) {
	source := &numbered{n: b.N}
	b.ReportAllocs()
	if _, err := Run(context.Background(), source, nil, &collect{fail: func(*Document) error { return nil }}, Options{}); err != nil {
		b.Fatal(err)
	}
}
