package report

import (
	"fmt"
	"unicode/utf8"
)

const xmlHeader = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// appendXML appends text or the value of an attribute as XML 1.0 has it. Characters that XML can't
// hold (controls, U+FFFE, U+FFFF) and bytes that are not UTF-8 are written as Quote does, \x1b;
// white space that a parser would normalize and characters that a terminal hides, as references;
// so is the second # of "##", which a CI system may read as the beginning of a command.
func appendXML(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '"':
			dst = append(dst, "&quot;"...)
		case r == utf8.RuneError && n == 1, r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0xFFFE, r == 0xFFFF:
			dst = append(dst, escape(r, s[i])...)
		case hidden(r), r == '#' && i > 0 && s[i-1] == '#':
			dst = fmt.Appendf(dst, "&#x%X;", r)
		default:
			dst = append(dst, s[i:i+n]...)
		}
		i += n
	}
	return dst
}

// appendAttribute appends an attribute with a space before it.
func appendAttribute(dst []byte, name, value string) []byte {
	dst = append(append(append(dst, ' '), name...), `="`...)
	return append(appendXML(dst, value), '"')
}
