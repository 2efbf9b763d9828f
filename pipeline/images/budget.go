package images

import (
	"container/list"
	"context"
	"fmt"
	"sync"
)

// budget is memory, in bytes, that all pictures in hand share. Whoever wants some waits for its
// turn; turns come in the order of asking, so a large picture is not starved by small ones.
type budget struct {
	total   int64
	mu      sync.Mutex
	free    int64
	waiting list.List // of *waiter
}

type waiter struct {
	need  int64
	ready chan struct{}
}

func newBudget(total int64) *budget { return &budget{total: total, free: total} }

// acquire takes need bytes, waiting for them until ctx is done. A need above the total is refused
// at once. What was taken is given back by release.
func (b *budget) acquire(ctx context.Context, need int64) error {
	if need > b.total {
		return fmt.Errorf("decoding it takes about %d MiB of memory, more than the %d MiB that there are for pictures", need>>20, b.total>>20)
	}
	b.mu.Lock()
	if b.waiting.Len() == 0 && need <= b.free {
		b.free -= need
		b.mu.Unlock()
		return nil
	}
	t := &waiter{need, make(chan struct{})}
	place := b.waiting.PushBack(t)
	b.mu.Unlock()
	select {
	case <-t.ready:
		return nil
	case <-ctx.Done():
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case <-t.ready: // It was our turn at the same moment: give it on.
		b.free += need
	default:
		b.waiting.Remove(place)
	}
	b.wake()
	return ctx.Err()
}

func (b *budget) release(n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.free += n
	b.wake()
}

// wake gives those at the front of the queue their turn, as far as the free bytes reach.
func (b *budget) wake() {
	for front := b.waiting.Front(); front != nil; front = b.waiting.Front() {
		t := front.Value.(*waiter)
		if t.need > b.free {
			return
		}
		b.free -= t.need
		b.waiting.Remove(front)
		close(t.ready)
	}
}
