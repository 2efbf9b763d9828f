package pipeline

import (
	"context"
	"sync"
)

// ahead is how many documents there are at most between the source and the sink, for each worker, and maxHeld how many
// bytes they may have together before it is two.
const (
	ahead   = 32
	maxHeld = 4 << 20
)

// A hold bounds the memory of the documents that are worked on or wait for their turn.
type hold struct {
	jobs    int
	mu      sync.Mutex
	changed sync.Cond
	next    int  // the index of the document that is written next
	bytes   int  // that have been read and not yet written
	open    bool // the run was cancelled: nobody waits
}

func newHold(ctx context.Context, jobs int) *hold {
	h := &hold{jobs: jobs}
	h.changed.L = &h.mu
	context.AfterFunc(ctx, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.open = true
		h.changed.Broadcast()
	})
	return h
}

// admit waits until the document of an index may be read. The one that is written next always may.
func (h *hold) admit(index int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.bytes > maxHeld && index >= h.next+2*h.jobs && !h.open {
		h.changed.Wait()
	}
}

// keep counts the bytes of a document.
func (h *hold) keep(s *slot) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.bytes = len(s.doc.Source)
	h.bytes += s.bytes
}

// release takes away a document that was written.
func (h *hold) release(s *slot) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.bytes -= s.bytes
	h.next = s.index + 1
	h.changed.Broadcast()
}
