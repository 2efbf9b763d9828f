package pipeline

import (
	"context"
	"sync"
	"time"
)

// clock is the time limit of one document.
type clock struct {
	mu    sync.Mutex
	timer *time.Timer
	left  time.Duration
	since time.Time // when it began to run
	holds int       // of StopClock that have not ended
}

type clockKey struct{}

func startClock(limit time.Duration, over func()) *clock {
	return &clock{timer: time.AfterFunc(limit, over), left: limit, since: time.Now()}
}

func (c *clock) stop() { c.timer.Stop() }

// StopClock stops the time limit of the document whose step was given ctx, for a step that waits for
// others, a network for one, within limits of its own. It runs on when start is called.
func StopClock(ctx context.Context) (start func()) {
	c, ok := ctx.Value(clockKey{}).(*clock)
	if !ok {
		return func() {}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.holds++; c.holds == 1 {
		if !c.timer.Stop() {
			return func() {} // The time was over already.
		}
		c.left -= time.Since(c.since)
	}
	return sync.OnceFunc(c.start)
}

func (c *clock) start() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.holds--; c.holds == 0 {
		c.since = time.Now()
		c.timer.Reset(max(c.left, 0))
	}
}
