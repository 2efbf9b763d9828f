package git

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A Hunk is a stretch of changed lines: Count of them from the line First on, from 1. A Count of 0
// tells that lines were taken out behind the line First, or before the first line when that is 0.
// Lines end with LF and nothing else, as git counts them.
type Hunk struct{ First, Count int }

// hunks runs diff-index with the given arguments, and reads which lines have changed, by path.
func (r *Repository) hunks(ctx context.Context, where ...string) (map[string][]Hunk, error) {
	args := append([]string{"diff-index", "--patch", "--unified=0", "--inter-hunk-context=0", "--text", "--no-color", "--no-ext-diff", "--no-textconv",
		"--no-relative", "--src-prefix=a/", "--dst-prefix=b/", "--submodule=short", "--ignore-submodules=all"}, where...)
	cmd, said := command(ctx, append(args, "--"))
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, finish(ctx, args[0], err, "")
	}
	found, wrong := parsePatch(bufio.NewReaderSize(out, 64<<10))
	_, _ = io.Copy(io.Discard, out) // So that git can end.
	if err := finish(ctx, args[0], cmd.Wait(), said.String()); err != nil {
		return nil, err
	}
	return found, wrong
}

// parsePatch reads a patch without context. The lines of a hunk are counted, so that none of them is
// taken for the head of another file; names that hold line breaks are quoted.
func parsePatch(r *bufio.Reader) (map[string][]Hunk, error) {
	found := map[string][]Hunk{}
	name, known := "", false
	for {
		line, err := readStart(r)
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		switch {
		case bytes.HasPrefix(line, []byte("diff --git ")):
			known = false
		case bytes.HasPrefix(line, []byte("+++ ")):
			name, known = patchName(string(line[len("+++ "):]))
		case bytes.HasPrefix(line, []byte("@@ ")):
			h, lines, err := parseHunk(string(line))
			if err != nil {
				return nil, err
			}
			if known {
				found[name] = append(found[name], h)
			}
			if err := skipLines(r, lines); err != nil {
				return nil, err
			}
		}
	}
}

// skipLines passes over so many lines of a hunk, beside the notes that there is no line break.
func skipLines(r *bufio.Reader, lines int) error {
	for lines > 0 {
		line, err := readStart(r)
		if err != nil {
			return fmt.Errorf("git diff-index: the patch ends early: %w", err)
		}
		if len(line) == 0 || line[0] != '\\' {
			lines--
		}
	}
	return nil
}

// readStart reads one line, and returns as much of its start as fits into the reader's buffer.
func readStart(r *bufio.Reader) ([]byte, error) {
	line, err := r.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		if len(line) > 0 {
			err = nil
		}
		return bytes.TrimSuffix(line, []byte("\n")), err
	}
	line = bytes.Clone(line)
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = r.ReadSlice('\n')
	}
	return line, nil
}

// parseHunk reads "@@ -1,2 +3 @@", and tells how many lines follow.
func parseHunk(line string) (h Hunk, lines int, err error) {
	fields := strings.Fields(line)
	if len(fields) < 4 {
		return h, 0, fmt.Errorf("git diff-index: unexpected line %q", line)
	}
	_, was, err := lineRange(fields[1])
	if err == nil {
		h.First, h.Count, err = lineRange(fields[2])
	}
	return h, was + h.Count, err
}

// lineRange reads "-1,2" or "+3".
func lineRange(text string) (first, count int, err error) {
	from, number, has := strings.Cut(text[1:], ",")
	if !has {
		number = "1"
	}
	n, err := strconv.ParseUint(from, 10, 31)
	m, err2 := strconv.ParseUint(number, 10, 31)
	if err = cmp.Or(err, err2); err != nil {
		return 0, 0, fmt.Errorf("git diff-index: unexpected line numbers %q: %w", text, err)
	}
	return int(n), int(m), nil
}

// patchName reads the name behind "+++ "; ok is false where the file is there no longer.
func patchName(text string) (name string, ok bool) {
	text = strings.TrimSuffix(text, "\t") // Git puts it behind names with blanks.
	if strings.HasPrefix(text, `"`) {
		text = unquote(text)
	}
	return strings.CutPrefix(text, "b/")
}

// escapes are what git's quoting has behind a backslash, beside octal numbers.
var escapes = map[byte]byte{'a': '\a', 'b': '\b', 't': '\t', 'n': '\n', 'v': '\v', 'f': '\f', 'r': '\r', '"': '"', '\\': '\\'}

// unquote reads a name that git has quoted as C does (quote.c).
func unquote(text string) string {
	text = strings.TrimSuffix(strings.TrimPrefix(text, `"`), `"`)
	var out []byte
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] != '\\' || i+1 == len(text):
			out = append(out, text[i])
		case i+3 < len(text) && '0' <= text[i+1] && text[i+1] <= '3':
			out = append(out, (text[i+1]-'0')<<6|(text[i+2]-'0')<<3|(text[i+3]-'0'))
			i += 3
		default:
			i++
			out = append(out, escapes[text[i]])
		}
	}
	return string(out)
}
