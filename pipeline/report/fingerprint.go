package report

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"unicode/utf8"

	"copydesk/pipeline"
)

// fingerprints names the findings of one document so that a later run gives the same names, though
// lines were added or removed elsewhere. No two findings of a document have the same.
type fingerprints map[[sha256.Size]byte]int

// contextSize is how many bytes of the line on either side of a finding's start go into
// its fingerprint, so that one in a very long line costs no more than another.
const contextSize = 256

// of makes a fingerprint of the file, the code, and the text of the line around the place, without the
// white space at its ends; equal ones are told apart by their order.
func (p fingerprints) of(file string, f pipeline.Diagnostic, at *places) string {
	start := min(max(f.Span.Start, 0), len(at.text))
	line := at.lines.Line(at.lines.Number(start))
	from := max(line.Start, min(start, line.End)-contextSize)
	context := bytes.TrimSpace(at.text[from:min(line.End, from+2*contextSize)])
	key := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s", file, f.Code, context))
	p[key]++
	if n := p[key]; n > 1 {
		key = sha256.Sum256(fmt.Appendf(key[:], "\x00%d", n))
	}
	return fmt.Sprintf("%x", key[:16])
}

// lineHashes fills in the hash of each line that is a key of lines: what GitHub's code scanning calls
// primaryLocationLineHash, a hash of the 100 characters (UTF-16 code units) from the line's start, without
// spaces and tabs, and the number of lines so far that have it. The algorithm is the one
// of src/fingerprints.ts in github/codeql-action, whose upload step compares.
func lineHashes(text []byte, lines map[int]string) {
	seen := map[uint64]int{}
	eachLineHash(text, func(line int, hash uint64) {
		if _, wanted := lines[line]; wanted {
			seen[hash] = 0
		}
	})
	eachLineHash(text, func(line int, hash uint64) {
		n, wanted := seen[hash]
		if !wanted {
			return
		}
		seen[hash] = n + 1
		if _, wanted := lines[line]; wanted {
			lines[line] = fmt.Sprintf("%x:%d", hash, n+1)
		}
	})
}

const hashWindow = 100 // characters

// A lineHash is a rolling hash over the last hashWindow characters, and the lines that begin in them.
type lineHash struct {
	visit  func(line int, hash uint64)
	window [hashWindow]uint64
	begins [hashWindow]int // the line that begins with a character of the window, or 0
	index  int             // of the oldest character
	sum    uint64
	drop   uint64 // the factor of the character that leaves the window
}

func (h *lineHash) add(c uint64, begins int) {
	if line := h.begins[h.index]; line != 0 {
		h.visit(line, h.sum)
	}
	h.sum = h.sum*37 + c - h.drop*h.window[h.index]
	h.window[h.index], h.begins[h.index] = c, begins
	h.index = (h.index + 1) % hashWindow
}

// eachLineHash visits the lines of a text, from 1, in order. Lines end with LF, CRLF or CR.
func eachLineHash(text []byte, visit func(line int, hash uint64)) {
	h := &lineHash{visit: visit, drop: 1}
	for range hashWindow {
		h.drop *= 37
	}
	line, begins := 1, 1
	add := func(c uint64) {
		h.add(c, begins)
		begins = 0
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case r == ' ', r == '\t', r == '\n' && i > 0 && text[i-1] == '\r':
		case r == '\n', r == '\r':
			add('\n')
			line++
			begins = line
		case r > 0xFFFF:
			add(uint64(0xD800 + (r-0x10000)>>10))
			add(uint64(0xDC00 + (r-0x10000)&0x3FF))
		default:
			add(uint64(r))
		}
		i += n
	}
	add(0xFFFF) // The end of the text.
	for range hashWindow {
		add(0)
	}
}
