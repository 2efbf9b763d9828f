package feed

import (
	"sort"
	"sync"
)

// A Skip is something that a walk passed over.
type Skip struct {
	Path   string
	Reason string
}

// A Count is how often something was passed over for one reason.
type Count struct {
	Reason string
	Number int
}

// skips counts what was passed over; the reasons are few and fixed.
type skips struct {
	mu     sync.Mutex
	counts map[string]int
	list   []Skip
}

func (s *skips) add(keep bool, path, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	s.counts[reason]++
	if keep {
		s.list = append(s.list, Skip{path, reason})
	}
}

// The reasons to pass over something.
const (
	notArticleName = "not the extension of an article"
	notArticle     = "holds no article"
	isLink         = "symbolic link"
	isSpecial      = "not a regular file"
	isIgnored      = "ignored"
	isExcluded     = "excluded"
	isGit          = "folder of git"
	isOutput       = "folder of the output"
	isSubmodule    = "submodule"
	isPointer      = "pointer of Git LFS"
	isReport       = "a report of this run"
	isLarge        = "larger than --max-size"
	isNoText       = "not text, or in another encoding"
)

func (in *Input) skip(path, reason string) { in.skips.add(in.options.ShowSkipped, path, reason) }

// Skipped lists what was passed over, in the order of the walk, when Options.ShowSkipped is set.
func (in *Input) Skipped() []Skip { return in.skips.list }

// SkipCounts counts what was passed over, by reason, the most frequent first.
func (in *Input) SkipCounts() []Count {
	in.skips.mu.Lock() // A document that took too long may still be in hand.
	defer in.skips.mu.Unlock()
	var counts []Count
	for reason, n := range in.skips.counts {
		counts = append(counts, Count{reason, n})
	}
	sort.Slice(counts, func(i, j int) bool {
		a, b := counts[i], counts[j]
		return a.Number > b.Number || a.Number == b.Number && a.Reason < b.Reason
	})
	return counts
}
