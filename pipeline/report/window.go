package report

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"copydesk/pipeline"
)

// Width is the number of terminal cells that a text takes: 2 for most of Chinese and for emoji,
// 0 for a combining mark, by Unicode's grapheme clusters and East Asian widths.
func Width(s string) int { return uniseg.StringWidth(s) + soundMarks(s) }

// soundMarks counts half-width katakana's (semi-)voiced sound marks, U+FF9E and U+FF9F. Unicode has them
// extend a grapheme cluster, to which uniseg gives no width then; yet each takes a cell of its own.
func soundMarks(s string) int {
	return strings.Count(s, "\uFF9E") + strings.Count(s, "\uFF9F")
}

const (
	ellipsis = "…" // one cell, where a line was cut
	tabCells = 4
	// A cell takes 4 bytes at most in ordinary text. Where it takes more (a pile of combining marks)
	// less is shown, so a window costs the same in a line of any length.
	bytesPerCell = 4
)

// A cell is what is shown for one grapheme cluster.
type cell struct {
	text   []byte
	width  int // cells of the terminal
	offset int // of its first byte
	end    int
}

// behind is the width of a cell that ends behind an offset, 0 of others.
func (c cell) behind(offset int) int {
	if c.end <= offset {
		return 0
	}
	return c.width
}

// A window is where a line is cut to what is shown of it. It keeps its room for the next line.
type window struct{ cells []cell }

// show shows what surrounds a span in its line (of which line is the span without line break), in
// at most room cells. It gives the text, the cells before the span, and the cells of what it shows of the span.
// A span that begins in the midst of a grapheme cluster is shown from its beginning.
func (w *window) show(text []byte, line, span pipeline.Span, room int) (shown string, before, marked int) {
	start := min(max(span.Start, line.Start), line.End)
	from := max(line.Start, start-room*bytesPerCell)
	for from < start && !utf8.RuneStart(text[from]) {
		from++
	}
	to := min(line.End, start+room*bytesPerCell)
	w.cells = cells(w.cells[:0], text[from:to], from, start, room)
	n := len(w.cells)
	for n > 0 && w.cells[n-1].end > start {
		n--
	}
	left, right := w.cells[:n], w.cells[n:]
	if last := len(right) - 1; last >= 0 {
		to = right[last].end
	}
	leftWidth, rightWidth := total(left), total(right)
	cutLeft, cutRight := from > line.Start, to < line.End
	if leftWidth+rightWidth > room || cutLeft || cutRight {
		want := min(rightWidth, max(total(until(right, span.End)), room/2))
		keep := min(leftWidth, max(room-want, room/4))
		for ; len(left) > 0 && (leftWidth > keep || cutLeft && leftWidth >= keep); cutLeft = true {
			leftWidth -= left[0].width
			left = left[1:]
		}
		keep = room - leftWidth - 1
		for ; len(right) > 0 && (rightWidth > keep || cutRight && rightWidth >= keep); cutRight = true {
			rightWidth -= right[len(right)-1].width
			right = right[:len(right)-1]
		}
	}
	var b strings.Builder
	if cutLeft {
		b.WriteString(ellipsis)
		leftWidth++
	}
	for _, c := range left {
		b.Write(c.text)
	}
	for _, c := range right {
		b.Write(c.text)
	}
	if cutRight {
		b.WriteString(ellipsis)
	}
	return b.String(), leftWidth, total(until(right, span.End))
}

// cells appends what is shown for text, which begins at offset base, to out. Tabs are spaces,
// what a terminal would obey is an escape. It stops when those from offset start on take more than room.
func cells(out []cell, text []byte, base, start, room int) []cell {
	state := -1
	for at := 0; at < len(text) && room >= 0; room -= out[len(out)-1].behind(start) {
		rest := text[at:]
		if b := rest[0]; b >= ' ' && b < 0x7F && (len(rest) == 1 || rest[1] < utf8.RuneSelf) {
			shown := rest[:1]
			if b == '#' && isLogCommand(string(rest[:min(len(rest), 20)])) {
				shown = []byte(`\x23`)
			}
			out = append(out, cell{shown, len(shown), base + at, base + at + 1})
			at, state = at+1, -1
			continue
		}
		cluster, _, width, next := uniseg.FirstGraphemeCluster(rest, state)
		shown := showCluster(cluster)
		if !bytes.Equal(shown, cluster) {
			width = Width(string(shown))
		} else if bytes.IndexByte(cluster, 0xEF) >= 0 { // The first byte of a sound mark.
			width += soundMarks(string(cluster))
		}
		out = append(out, cell{shown, width, base + at, base + at + len(cluster)})
		at, state = at+len(cluster), next
	}
	return out
}

// showCluster is what is shown for a grapheme cluster: itself, if nothing in it is hidden.
func showCluster(s []byte) []byte {
	if len(s) == 1 && s[0] == '\t' {
		return bytes.Repeat([]byte{' '}, tabCells)
	}
	if plain(s) {
		return s
	}
	var out []byte
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		if r == utf8.RuneError && n == 1 || hidden(r) {
			out = append(out, escape(r, s[i])...)
		} else {
			out = append(out, s[i:i+n]...)
		}
		i += n
	}
	return out
}

// until returns the cells that begin before an offset.
func until(cells []cell, offset int) []cell {
	for i, c := range cells {
		if c.offset >= offset {
			return cells[:i]
		}
	}
	return cells
}

func total(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}
