package report

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Quote makes foreign text safe for a terminal or a CI log: control characters, escape sequences,
// line breaks, bytes that are not UTF-8, and characters that reorder or hide text are written as
// escapes (\n, \x1b, \u202e), and so is the beginning of what a CI system takes for a command
// ("::error" at the start, "##[group]" and "##vso[" anywhere). All other text stays as it is.
func Quote(s string) string {
	rest := strings.TrimLeft(s, " \t")
	command := strings.HasPrefix(rest, "::")
	if !command && plain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case command && i == len(s)-len(rest), r == '#' && isLogCommand(s[i:]):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == utf8.RuneError && n == 1, hidden(r):
			b.WriteString(escape(r, s[i]))
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// plain tells that a text has nothing hidden and no "##" in it.
func plain[T string | []byte](s T) bool {
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if b < ' ' || b == 0x7F || b == '#' && i+1 < len(s) && s[i+1] == '#' {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
		if hidden(r) || r == utf8.RuneError && n == 1 {
			return false
		}
		i += n
	}
	return true
}

// isLogCommand tells whether s begins as "##[" or "##name[" does, which GitHub's, Azure's and
// TeamCity's logs read as a command wherever it stands in a line.
func isLogCommand(s string) bool {
	name, found := strings.CutPrefix(s, "##")
	if !found {
		return false
	}
	for i := 0; i < len(name); i++ {
		if name[i] == '[' {
			return true
		}
		if name[i] < 'a' || name[i] > 'z' {
			return false
		}
	}
	return false
}

// hidden tells of a character that a terminal obeys or does not show: controls, line and paragraph
// separators, bidi controls (Unicode Bidi_Control), and characters of no width that join nothing.
func hidden(r rune) bool {
	switch {
	case r < ' ', r >= 0x7F && r < 0xA0:
		return true
	case r < 0x061C:
		return r == 0xAD
	case r >= 0x200B && r <= 0x200F:
		return r != 0x200C && r != 0x200D // The joiners, which emoji and some scripts need.
	case r >= 0x2028 && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	}
	return r == 0x061C || r == 0xFEFF
}

// escape is how a hidden character is shown; first is its first byte, for one that is not UTF-8.
func escape(r rune, first byte) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r == utf8.RuneError:
		return fmt.Sprintf(`\x%02x`, first)
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
