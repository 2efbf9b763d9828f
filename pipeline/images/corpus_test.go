package images

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Every picture of the corpus is made or refused for a reason; -v prints a table by format.
func TestCorpus(t *testing.T) {
	root := "../../../shared/corpus/images"
	if _, err := os.Stat(root); err != nil {
		t.Skip("no corpus of pictures beside the repository")
	}
	counts := map[string]int{}
	var lines []string
	m := newMaker(t, Options{})
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !isPictureName(path) {
			return err
		}
		// The large ones take minutes under the race detector: they are for COPYDESK_CORPUS=all.
		if info, err := e.Info(); err != nil || info.Size() > 64<<10 && os.Getenv("COPYDESK_CORPUS") != "all" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		start := time.Now()
		made, err := m.make(t.Context(), inMemory(data), allSizes)
		if err != nil {
			return err
		}
		kind, _ := sniff(data)
		if kind == "" {
			kind = "other"
		}
		outcome := outcomeOf(made)
		counts[string(kind)+" "+outcome]++
		took := time.Since(start)
		if outcome != "made" || took > time.Second {
			lines = append(lines, fmt.Sprintf("%-60s %-8s %6.2fs %v%s%s", strings.TrimPrefix(path, root+"/"), outcome, took.Seconds(), made.err, made.note, made.leave))
		}
		for _, v := range made.variants {
			if len(v.data) == 0 || v.w < 1 || v.h < 1 || v.w > 1280 {
				t.Errorf("%s: a result of %d x %d in %d bytes", path, v.w, v.h, len(v.data))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%-16s %4d", key, counts[key])
	}
	t.Log("\n" + strings.Join(lines, "\n"))
}

func outcomeOf(m *made) string {
	switch {
	case m.err != nil:
		return "refused"
	case m.note != "":
		return "damaged"
	case len(m.variants) == 0:
		return "left"
	}
	return "made"
}
