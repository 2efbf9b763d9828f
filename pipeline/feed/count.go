package feed

import (
	"context"

	"copydesk/pipeline"
)

// Count walks the paths without reading files and tells how many articles they will give at most,
// for a progress bar; ok is false where that can't be told before they are read (archives, streams).
// It may run beside Documents.
func (in *Input) Count(ctx context.Context) (n int, ok bool) {
	if in.repo != nil {
		return len(in.repo.files), true
	}
	names := &Input{paths: in.paths, options: in.options, seen: map[string]struct{}{}}
	names.options.ShowSkipped = false
	for _, p := range in.paths {
		switch names.classify(p) {
		case standard, tarball, zipped, stream:
			return 0, false
		case single:
			n++
			continue
		}
		names.count = func() bool { n++; return ctx.Err() == nil }
		if !names.open(p, func(*pipeline.Document) bool { return true }) {
			return 0, false
		}
	}
	return n, true
}
