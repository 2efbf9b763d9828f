package feed

import (
	"fmt"

	"copydesk/pipeline/files"
)

// copies remembers which file was copied to each path of an output.
type copies map[string]string

// Copied is how many files were copied beside the articles.
func (c copies) Copied() int { return len(c) }

// again notes that a file is copied to name, and tells whether it was before. Another file or an
// article at that name, as taken has them, is an error.
func (c copies) again(name, file string, taken map[string]string) (bool, error) {
	from, done := c[name]
	if by, ok := taken[name]; ok || done && from != file {
		if !ok {
			by = from
		}
		return false, fmt.Errorf("copy %s to %s: already written, by %s", files.Quote(file), files.Quote(name), files.Quote(by))
	}
	c[name] = file
	return done, nil
}
