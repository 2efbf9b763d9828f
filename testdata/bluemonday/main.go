// Bluemonday sanitizes the body of every file below a folder with bluemonday's own policy for articles, writes
// it below another, and does nothing else: the bar for what sanitize may cost.
package main

import (
	"bytes"
	"io/fs"
	"log"
	"os"
	"path/filepath"

	"github.com/microcosm-cc/bluemonday"
)

func main() {
	from, to, policy := os.Args[1], os.Args[2], bluemonday.UGCPolicy()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, name), 0o755)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		fence := []byte("\n---\n")
		head, body, _ := bytes.Cut(text, fence)
		out := append(append(head, fence...), policy.SanitizeBytes(body)...)
		return os.WriteFile(filepath.Join(to, name), out, 0o644)
	})
	if err != nil {
		log.Fatal(err)
	}
}
