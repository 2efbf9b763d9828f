package matter

import "unicode/utf8"

// findBadByte finds the first byte that can't stand in YAML or TOML: invalid UTF-8 or a control character,
// to which YAML counts U+0080 to U+009F, U+0085 apart.
func findBadByte(data []byte, format Format) (at, n int, what string) {
	for i := 0; i < len(data); {
		c := data[i]
		switch {
		case c >= ' ' && c < 0x7F, c == '\n', c == '\t', c == '\r':
			i++
			continue
		case c < utf8.RuneSelf:
			return i, 1, "a control character"
		}
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return i, 1, "a byte that is not UTF-8"
		case format == YAML && (r < 0xA0 && r != 0x85 || r == 0xFFFE || r == 0xFFFF):
			return i, n, "a control character"
		}
		i += n
	}
	return 0, 0, ""
}
