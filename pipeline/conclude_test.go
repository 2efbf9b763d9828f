package pipeline

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
)

// ledger is a step that counts documents and tells of them at the end: of each in a document of its own, the
// second of which it changed.
type ledger struct {
	seen atomic.Int32
	err  error
}

func (l *ledger) Name() string { return "ledger" }

func (l *ledger) Apply(context.Context, *Document) error { l.seen.Add(1); return nil }

func (l *ledger) Conclude(context.Context) ([]*Document, error) {
	told, changed := NewDocument("told", "told", []byte("x")), NewDocument("changed", "changed", []byte("x"))
	for range l.seen.Load() {
		told.Report(Diagnostic{Severity: Warning, Message: "seen"})
	}
	return []*Document{told, changed}, errors.Join(l.err, changed.Apply(Edit{0, 1, "y\n"}))
}

func TestConclude(t *testing.T) {
	for _, c := range []struct {
		name   string
		source *numbered
		step   *ledger
		want   string // what Observe sees
		err    string
	}{
		{"done", &numbered{n: 3}, &ledger{}, "000.md 001.md 002.md told changed", ""},
		{"nothing", &numbered{}, &ledger{}, "told changed", ""},
		{"broken off", &numbered{n: 1, err: errors.New("no more")}, &ledger{}, "", "no more"},
		{"at fault", &numbered{n: 1}, &ledger{err: errors.New("disk full")}, "000.md", "step ledger: disk full"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var seen []string
			sink := &collect{}
			sum, err := Run(t.Context(), c.source, []Step{c.step}, sink, Options{Observe: func(d *Document) { seen = append(seen, d.Path) }})
			if c.err != "" {
				if err == nil || err.Error() != c.err || !sink.aborted {
					t.Errorf("error %v, aborted %v; want %s", err, sink.aborted, c.err)
				}
				return
			}
			if got := strings.Join(seen, " "); err != nil || got != c.want {
				t.Errorf("seen %s, %v; want %s", got, err, c.want)
			}
			if sum.Documents != c.source.n || sum.Found[Warning] != c.source.n || sum.Changed != 1 {
				t.Errorf("summary %+v", sum)
			}
			if written := sink.String(); strings.Contains(written, "told") || !strings.HasSuffix(written, "changed: y\n") {
				t.Errorf("written: %q", written)
			}
		})
	}
}
