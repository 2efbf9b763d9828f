package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"copydesk/pipeline"
)

// AppendString appends s as a JSON string. Besides what JSON demands it escapes DEL, the C1
// controls, U+2028, U+2029, the bidi controls and U+FEFF, so that neither a terminal nor a script is
// misled by it; <, > and & stay. What is not UTF-8 becomes U+FFFD.
func AppendString[T string | []byte](dst []byte, s T) []byte {
	if !valid(s) {
		return AppendString(dst, strings.ToValidUTF8(string(s), "\uFFFD"))
	}
	if len(s) > 1<<20 { // A fix may hold the whole text: growing step by step leaves several times of that behind.
		dst = slices.Grow(dst, len(s)*2)
	}
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		b := s[i]
		if !special[b] {
			i++
			continue
		}
		r, n := rune(b), 1
		if b >= utf8.RuneSelf {
			if !controls(s, i) {
				i += 2
				continue
			}
			r, n = utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
		}
		dst = append(dst, s[from:i]...)
		dst = appendEscape(dst, r)
		i += n
		from = i
	}
	return append(append(dst, s[from:]...), '"')
}

func valid[T string | []byte](s T) bool {
	switch s := any(s).(type) {
	case string:
		return utf8.ValidString(s)
	case []byte:
		return utf8.Valid(s)
	}
	return false
}

// special marks the bytes that are escaped, and the first bytes of characters that may be.
var special = [256]bool{
	0: true, 1: true, 2: true, 3: true, 4: true, 5: true, 6: true, 7: true,
	8: true, 9: true, 10: true, 11: true, 12: true, 13: true, 14: true, 15: true,
	16: true, 17: true, 18: true, 19: true, 20: true, 21: true, 22: true, 23: true,
	24: true, 25: true, 26: true, 27: true, 28: true, 29: true, 30: true, 31: true,
	'"': true, '\\': true, 0x7F: true, 0xC2: true, 0xD8: true, 0xE2: true, 0xEF: true,
}

// controls tells whether a character that is escaped stands at i, where s has one of the special
// first bytes: U+0080 to U+009F, U+061C, U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069, U+FEFF.
func controls[T string | []byte](s T, i int) bool {
	second := s[i+1]
	switch {
	case s[i] == 0xC2:
		return second < 0xA0
	case s[i] == 0xD8:
		return second == 0x9C
	case s[i] == 0xEF:
		return second == 0xBB && s[i+2] == 0xBF
	case second == 0x80:
		third := s[i+2]
		return third == 0x8E || third == 0x8F || third >= 0xA8 && third <= 0xAE
	case second == 0x81:
		return s[i+2] >= 0xA6 && s[i+2] <= 0xA9
	}
	return false
}

func appendEscape(dst []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	const hex = "0123456789abcdef"
	return append(dst, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}

// AppendDiagnostics appends the findings of one text as JSON objects with commas between them, in
// the order of their place. An article and the formats json and jsonl have them in this one form.
func AppendDiagnostics(dst []byte, found []pipeline.Diagnostic, text []byte) []byte {
	if len(found) == 0 {
		return dst
	}
	at := newPlaces(text)
	for i, f := range sorted(found) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendDiagnostic(dst, f, at)
	}
	return dst
}

func appendDiagnostic(dst []byte, f pipeline.Diagnostic, at *places) []byte {
	dst = AppendString(append(dst, `{"path":`...), f.Path)
	dst = AppendString(append(dst, `,"code":`...), f.Code)
	dst = AppendString(append(dst, `,"rule":`...), f.Rule)
	dst = AppendString(append(dst, `,"severity":`...), f.Severity.String())
	dst = AppendString(append(dst, `,"message":`...), f.Message)
	dst = appendSpan(append(dst, ','), f.Span, at)
	dst = append(dst, `,"fixes":[`...)
	for i, fix := range f.Fixes {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendFix(dst, fix)
	}
	dst = append(dst, `],"related":[`...)
	for i, r := range f.Related {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendSpan(append(dst, '{'), r.Span, at)
		dst = append(AppendString(append(dst, `,"message":`...), r.Message), '}')
	}
	return append(dst, "]}"...)
}

// appendSpan appends the members start and end.
func appendSpan(dst []byte, s pipeline.Span, at *places) []byte {
	dst = appendPlace(append(dst, `"start":`...), s.Start, at)
	return appendPlace(append(dst, `,"end":`...), s.End, at)
}

func appendPlace(dst []byte, offset int, at *places) []byte {
	p := at.at(offset)
	dst = strconv.AppendInt(append(dst, `{"line":`...), int64(p.Line), 10)
	dst = strconv.AppendInt(append(dst, `,"column":`...), int64(p.Column), 10)
	return append(strconv.AppendInt(append(dst, `,"offset":`...), int64(offset), 10), '}')
}

func appendFix(dst []byte, fix pipeline.Fix) []byte {
	dst = AppendString(append(dst, `{"title":`...), fix.Title)
	dst = AppendString(append(dst, `,"safety":`...), fix.Safety.String())
	dst = append(dst, `,"edits":[`...)
	for i, e := range fix.Edits {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendInt(append(dst, `{"start":`...), int64(e.Start), 10)
		dst = strconv.AppendInt(append(dst, `,"end":`...), int64(e.End), 10)
		dst = append(AppendString(append(dst, `,"text":`...), e.Text), '}')
	}
	return append(dst, "]}"...)
}

// appendFailure appends what json and jsonl say of a document that could not be done.
func appendFailure(dst []byte, d *pipeline.Document) []byte {
	dst = AppendString(append(dst, `{"path":`...), name(d))
	dst = append(dst, `,"code":null,"rule":null,"severity":"error","message":`...)
	dst = AppendString(dst, d.Failed.Error())
	return append(dst, `,"start":null,"end":null,"fixes":[],"related":[]}`...)
}
