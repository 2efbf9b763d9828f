package fetch

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// pace bounds what is asked of one host at once and in a second.
type pace struct {
	most  int           // requests at once
	apart time.Duration // between the beginnings of two requests; 0: none
	mu    sync.Mutex
	lanes map[string]*lane
}

// lane is one host.
type lane struct {
	slots  chan struct{}
	next   time.Time // when the next request may begin
	users  int       // that hold or await a slot
	silent int       // requests in a row that were not answered
}

const (
	maxLanes  = 1024 // from so many hosts on those that nobody uses are forgotten
	maxSilent = 8    // after so many requests in a row without an answer a host is not asked again
)

func newPace(most int, perSecond float64) *pace {
	p := &pace{most: most, lanes: map[string]*lane{}}
	if perSecond > 0 {
		p.apart = time.Duration(float64(time.Second) / perSecond)
	}
	return p
}

// enter waits for a turn at a host, until ctx is done. Whoever has one gives it back by leave. A host that
// is dead is not waited for, or an article with many pictures there would take hours.
func (p *pace) enter(ctx context.Context, host string) (leave func(), err error) {
	l := p.lane(host)
	select {
	case l.slots <- struct{}{}:
	case <-ctx.Done():
		p.done(l)
		return nil, context.Cause(ctx)
	}
	if p.isDead(l) {
		<-l.slots
		p.done(l)
		return nil, refuse(fmt.Errorf("%s did not answer %d times in a row, and is not asked again in this run", host, maxSilent), "run again later")
	}
	leave = sync.OnceFunc(func() {
		<-l.slots
		p.done(l)
	})
	if wait := p.reserve(l); wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			leave()
			return nil, context.Cause(ctx)
		}
	}
	return leave, nil
}

func (p *pace) lane(host string) *lane {
	p.mu.Lock()
	defer p.mu.Unlock()
	l, ok := p.lanes[host]
	if !ok {
		if len(p.lanes) >= maxLanes {
			p.forget()
		}
		l = &lane{slots: make(chan struct{}, p.most)}
		p.lanes[host] = l
	}
	l.users++
	return l
}

// forget drops the hosts that may be asked at once again, and dead ones only where they are very many.
func (p *pace) forget() {
	now := time.Now()
	for host, l := range p.lanes {
		if l.users == 0 && l.next.Before(now) && (l.silent < maxSilent || len(p.lanes) > 32*maxLanes) {
			delete(p.lanes, host)
		}
	}
}

// heard notes whether a request to a host was answered, by whatever.
func (p *pace) heard(host string, answered bool) {
	l := p.lane(host)
	defer p.done(l)
	p.mu.Lock()
	defer p.mu.Unlock()
	if l.silent++; answered {
		l.silent = 0
	}
}

func (p *pace) isDead(l *lane) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return l.silent >= maxSilent
}

// reserve takes the next beginning, and tells how far off it is.
func (p *pace) reserve(l *lane) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if l.next.Before(now) {
		l.next = now
	}
	wait := l.next.Sub(now)
	l.next = l.next.Add(p.apart)
	return wait
}

func (p *pace) done(l *lane) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l.users--
}

// watch ends a download after a time, of which waiting for turns does not count. One goroutine uses it.
type watch struct {
	timer *time.Timer
	left  time.Duration
	since time.Time
}

// startWatch begins to count. The context that it gives ends with cause when the time is over.
func startWatch(ctx context.Context, limit time.Duration, cause error) (context.Context, *watch, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	w := &watch{left: limit, since: time.Now(), timer: time.AfterFunc(limit, func() { cancel(cause) })}
	return context.WithValue(ctx, watchKey{}, w), w, func() {
		w.timer.Stop()
		cancel(nil)
	}
}

type watchKey struct{}

// pause stops counting until resume is called.
func (w *watch) pause() (resume func()) {
	if w == nil || !w.timer.Stop() {
		return func() {}
	}
	w.left -= time.Since(w.since)
	return func() {
		w.since = time.Now()
		w.timer.Reset(max(w.left, 0))
	}
}
