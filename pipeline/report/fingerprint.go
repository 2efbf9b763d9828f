package report

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"unicode/utf16"
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
	key := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s", file, f.Code, Context(at.text, at.table(), f.Span.Start)))
	p[key]++
	if n := p[key]; n > 1 {
		key = sha256.Sum256(fmt.Appendf(key[:], "\x00%d", n))
	}
	return fmt.Sprintf("%x", key[:16])
}

// Context is the text of the line around an offset, without the white space at its ends, and only what is near
// in a very long line: what a finding is known by when lines were added or removed elsewhere.
func Context(text []byte, lines *pipeline.Lines, offset int) []byte {
	offset = min(max(offset, 0), len(text))
	line := lines.Line(lines.Number(offset))
	from := max(line.Start, min(offset, line.End)-contextSize)
	return bytes.TrimSpace(text[from:min(line.End, from+2*contextSize)])
}

// lineHashes fills in the hash of each line that is a key of lines: what GitHub's code scanning calls
// primaryLocationLineHash, a hash of the 100 characters (UTF-16 code units) from the line's start, without
// spaces and tabs, and the number of lines so far that have it. The algorithm is the one
// of src/fingerprints.ts in github/codeql-action, whose upload step compares.
func lineHashes(text []byte, lines map[int]string) {
	hashes := allLineHashes(text)
	seen := make(map[uint64]int, len(lines))
	for line := range lines {
		seen[hashes[line-1]] = 0
	}
	for i, hash := range hashes {
		n, wanted := seen[hash]
		if !wanted {
			continue
		}
		seen[hash] = n + 1
		if _, wanted := lines[i+1]; wanted {
			lines[i+1] = fmt.Sprintf("%x:%d", hash, n+1)
		}
	}
}

const hashWindow = 100 // characters

// A lineHash is a rolling hash over the last hashWindow characters, and the lines that begin in them.
type lineHash struct {
	hashes []uint64           // of the lines so far
	window [hashWindow]uint16 // the characters
	begins [hashWindow]bool   // whether a line begins with one
	index  int                // of the oldest character
	sum    uint64
	drop   uint64 // the factor of the character that leaves the window
}

func (h *lineHash) add(c uint16, begins bool) {
	i := h.index
	if h.begins[i] {
		h.hashes = append(h.hashes, h.sum)
	}
	h.sum = h.sum*37 + uint64(c) - h.drop*uint64(h.window[i])
	h.window[i], h.begins[i] = c, begins
	if h.index++; h.index == hashWindow {
		h.index = 0
	}
}

// allLineHashes gives the hash of each line of a text. Lines end with LF, CRLF or CR.
func allLineHashes(text []byte) []uint64 {
	h := &lineHash{drop: 1}
	for range hashWindow {
		h.drop *= 37
	}
	begins := true
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(text[i:])
		}
		switch {
		case r == ' ', r == '\t', r == '\n' && i > 0 && text[i-1] == '\r':
		case r == '\n', r == '\r':
			h.add('\n', begins)
			begins = true
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			h.add(uint16(high), begins)
			h.add(uint16(low), false)
			begins = false
		default:
			h.add(uint16(r), begins)
			begins = false
		}
		i += n
	}
	h.add(0xFFFF, begins) // The end of the text.
	for range hashWindow {
		h.add(0, false)
	}
	return h.hashes
}
