package commands

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"copydesk/pipeline/feed"
)

// progress is the bar of a run; a nil one shows nothing.
type progress struct {
	container *mpb.Progress
	bar       *mpb.Bar
}

// startProgress shows a bar with rate and time left, where the flag or a terminal asks for one.
func startProgress(ctx context.Context, flag string, w io.Writer, in *feed.Input) *progress {
	if flag == "never" || flag == "auto" && (!terminal(w) || single(in)) {
		return nil
	}
	started := time.Now()
	// A total is there only once the articles were counted, beside the work, or never for a stream.
	done := func(s decor.Statistics) string {
		if s.Total <= 0 {
			return fmt.Sprintf("%d articles ", s.Current)
		}
		return fmt.Sprintf("%d of %d articles ", s.Current, s.Total)
	}
	pace := func(s decor.Statistics) string {
		rate := float64(s.Current) / time.Since(started).Seconds()
		if s.Total <= 0 || s.Current == 0 {
			return fmt.Sprintf(" %.0f/s", rate)
		}
		left := time.Duration(float64(s.Total-s.Current) / rate * float64(time.Second))
		return fmt.Sprintf(" %.0f/s, %v left", rate, left.Round(time.Second))
	}
	container := mpb.New(mpb.WithOutput(w), mpb.WithAutoRefresh(), mpb.WithWidth(32), mpb.WithRefreshRate(120*time.Millisecond))
	p := &progress{container: container, bar: container.New(0, mpb.BarStyle(), mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Any(done)), mpb.AppendDecorators(decor.Any(pace)))}
	go func() {
		if n, ok := in.Count(ctx); ok {
			p.bar.SetTotal(int64(n), false)
		}
	}()
	return p
}

// step counts one article.
func (p *progress) step() {
	if p != nil {
		p.bar.Increment()
	}
}

// through is the writer for what is printed while the bar is shown: on a terminal, above the bar.
func (p *progress) through(w io.Writer) io.Writer {
	if p == nil || !terminal(w) {
		return w
	}
	return p.container
}

// stop takes the bar away.
func (p *progress) stop() {
	if p != nil {
		p.bar.Abort(true)
		p.container.Wait()
	}
}
