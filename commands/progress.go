package commands

import (
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
func startProgress(flag string, w io.Writer, in *feed.Input) *progress {
	if flag == "never" || flag == "auto" && (!terminal(w) || single(in)) {
		return nil
	}
	container := mpb.New(mpb.WithOutput(w), mpb.WithAutoRefresh(), mpb.WithWidth(40), mpb.WithRefreshRate(120*time.Millisecond))
	p := &progress{container: container, bar: container.New(0, mpb.BarStyle(),
		mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.CountersNoUnit("%d / %d articles", decor.WCSyncSpace)),
		mpb.AppendDecorators(decor.AverageSpeed(0, "%.0f/s", decor.WCSyncSpace), decor.AverageETA(decor.ET_STYLE_GO, decor.WCSyncSpace)),
	)}
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
