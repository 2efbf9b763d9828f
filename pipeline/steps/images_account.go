package steps

import (
	"encoding/binary"
	"sync"

	"copydesk/pipeline"
	"copydesk/pipeline/images"
)

// ImageTotals sums up what a run made, each picture counted once, wherever it stands.
type ImageTotals struct {
	Pictures  int   // that were made
	Files     int   // of those
	Failed    int   // references whose picture could not be made
	Elsewhere int   // references to pictures of other hosts, which are left alone
	Before    int64 // bytes of the originals
	After     int64 // bytes of the widest results, which pages load at most
}

// accounts keep what became of pictures.
type accounts struct {
	mu       sync.Mutex
	totals   ImageTotals
	known    map[[2]uint64]struct{} // pictures and results: the beginning of the hash, and the size
	keep     bool
	outcomes map[*pipeline.Document][]images.Outcome
}

// KeepOutcomes makes the step keep what became of the pictures of each document until Outcomes asks for it.
func (i *Images) KeepOutcomes() { i.accounts.keep = true }

// Outcomes gives what became of the pictures of a document, once.
func (i *Images) Outcomes(d *pipeline.Document) []images.Outcome {
	a := &i.accounts
	a.mu.Lock()
	defer a.mu.Unlock()
	list := a.outcomes[d]
	delete(a.outcomes, d)
	return list
}

// Totals sums up what the run made so far.
func (i *Images) Totals() ImageTotals {
	a := &i.accounts
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.totals
}

// add takes down what became of a document's pictures.
func (a *accounts) add(d *pipeline.Document, made images.Result) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known == nil {
		a.known, a.outcomes = map[[2]uint64]struct{}{}, map[*pipeline.Document][]images.Outcome{}
	}
	a.totals.Failed += made.Failed
	a.totals.Elsewhere += made.Elsewhere
	for _, o := range made.Outcomes {
		if len(o.Made) == 0 {
			continue
		}
		for _, m := range o.Made {
			if a.isNew(o, len(m.Data), 0) {
				a.totals.Files++
			}
		}
		if shown := len(o.Made[len(o.Made)-1].Data); a.isNew(o, shown, 1) {
			a.totals.Pictures++
			a.totals.Before += int64(o.From.Size)
			a.totals.After += int64(shown)
		}
	}
	if a.keep {
		a.outcomes[d] = made.Outcomes
	}
}

// isNew tells whether a result of so many bytes, or a picture with such a one, is seen for the first time.
func (a *accounts) isNew(o images.Outcome, size int, picture uint64) bool {
	key := [2]uint64{binary.BigEndian.Uint64(o.Sum[:]), uint64(size)<<1 | picture}
	_, known := a.known[key]
	a.known[key] = struct{}{}
	return !known
}
