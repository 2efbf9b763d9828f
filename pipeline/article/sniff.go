package article

import "bytes"

// Is tells whether a text is, or begins as, a JSON article: an object with the member "copydesk".
// The text may be cut off anywhere; what stands behind that member is not looked at. In the
// articles that Append writes it is the first.
func Is(text []byte) bool {
	s := sniffer{text: bytes.TrimPrefix(text, []byte("\uFEFF"))}
	if s.next() != '{' {
		return false
	}
	for separator := byte('{'); separator == '{' || separator == ','; separator = s.next() {
		if s.next() != '"' {
			return false
		}
		name := s.string()
		if s.next() != ':' {
			return false
		}
		if string(name) == "copydesk" {
			return true
		}
		s.value()
	}
	return false
}

// A sniffer passes over JSON without checking it.
type sniffer struct {
	text []byte
	at   int
}

// next takes the next byte that is not white space, or gives 0 at the end.
func (s *sniffer) next() byte {
	for s.at < len(s.text) {
		b := s.text[s.at]
		s.at++
		if b != ' ' && b != '\t' && b != '\n' && b != '\r' {
			return b
		}
	}
	return 0
}

// string takes the rest of a string whose opening quote was taken, and gives its bytes.
func (s *sniffer) string() []byte {
	start := s.at
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case '"':
			s.at++
			return s.text[start : s.at-1]
		case '\\':
			s.at++
		}
		s.at++
	}
	return nil
}

// value takes a value; it stops before the comma or bracket behind it.
func (s *sniffer) value() {
	depth := 0
	for {
		switch b := s.next(); b {
		case 0:
			return
		case '"':
			s.string()
		case '{', '[':
			depth++
		case '}', ']', ',':
			if depth == 0 {
				s.at--
				return
			}
			if b != ',' {
				depth--
			}
		}
	}
}
