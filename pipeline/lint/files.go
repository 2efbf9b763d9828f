package lint

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"sync"
)

// ErrNoFiles is the answer of Pass.File when the Linter was given no way to look at files.
var ErrNoFiles = errors.New("files can't be looked at")

// localFiles answers questions about files, each once. The answers are kept, up to a number
// at which they are all forgotten, since hostile articles can ask for any number of files.
type localFiles struct {
	ask func(path string) (fs.FileInfo, error)

	mu      sync.Mutex
	answers map[string]answer
}

const maxAnswers = 100_000

type answer struct {
	info fs.FileInfo
	err  error
}

// stat asks for the file that ref means from the folder of the article.
func (f *localFiles) stat(article, ref string) (fs.FileInfo, error) {
	if f.ask == nil {
		return nil, ErrNoFiles
	}
	name := path.Join(path.Dir(filepath.ToSlash(article)), ref)
	f.mu.Lock()
	a, ok := f.answers[name]
	f.mu.Unlock()
	if ok {
		return a.info, a.err
	}
	a.info, a.err = f.ask(name)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.answers == nil || len(f.answers) >= maxAnswers {
		f.answers = map[string]answer{}
	}
	f.answers[name] = a
	return a.info, a.err
}
