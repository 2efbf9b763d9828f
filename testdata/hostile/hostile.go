// Package hostile gives tests bodies that are made to do harm, and finds what it is in one that does it.
package hostile

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Payloads are those of the corpus that is kept beside the project; none where it is not there.
func Payloads(t testing.TB) (all []string) {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for up := filepath.Dir(folder); up != folder; folder, up = up, filepath.Dir(up) {
		file, err := os.Open(filepath.Join(up, "shared", "corpus", "hostile", "payloads.jsonl"))
		if err != nil {
			continue
		}
		defer func() { _ = file.Close() }() // It was only read.
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			var line struct{ Payload string }
			if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
				t.Fatal(err)
			}
			all = append(all, line.Payload)
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
		return all
	}
	return nil
}

// Shrink takes from a text whatever it fails without: larger parts first, byte by byte at last.
func Shrink(text string, fails func(string) bool) string {
	for size := len(text) / 2; size > 0; {
		smaller := false
		for at := 0; at+size <= len(text); {
			if try := text[:at] + text[at+size:]; fails(try) {
				text, smaller = try, true
			} else {
				at++
			}
		}
		if !smaller {
			size /= 2
		} else {
			size = min(size, len(text)/2)
		}
	}
	return text
}
