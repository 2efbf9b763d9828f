package schema

import (
	"bytes"
	"encoding/json"
	"strings"
)

// An object is a JSON object whose members stay in order.
type object []member

type member struct {
	name  string
	value any // an object, a list, a string, an int, a bool or nil
}

// A list is a JSON array.
type list []any

// maxLine is how long a list in one line may be, in bytes, indentation not counted.
const maxLine = 100

// appendJSON appends a value with line breaks; a list of scalars stands in one line where it fits.
func appendJSON(dst []byte, value any, indent string) []byte {
	switch v := value.(type) {
	case object:
		return appendLines(dst, "{}", len(v), indent, func(dst []byte, i int, indent string) []byte {
			return appendJSON(append(appendScalar(dst, v[i].name), ": "...), v[i].value, indent)
		})
	case list:
		if line, ok := inLine(v); ok {
			return append(dst, line...)
		}
		return appendLines(dst, "[]", len(v), indent, func(dst []byte, i int, indent string) []byte {
			return appendJSON(dst, v[i], indent)
		})
	}
	return appendScalar(dst, value)
}

// appendLines appends the n parts of a collection between its brackets, each in lines of its own.
func appendLines(dst []byte, brackets string, n int, indent string, part func(dst []byte, i int, indent string) []byte) []byte {
	if n == 0 {
		return append(dst, brackets...)
	}
	dst = append(dst, brackets[0])
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(append(append(dst, '\n'), indent...), "  "...)
		dst = part(dst, i, indent+"  ")
	}
	return append(append(append(dst, '\n'), indent...), brackets[1])
}

// inLine writes a list in one line; ok is false when that is too long, or holds what has lines of its own.
func inLine(v list) (line []byte, ok bool) {
	line = []byte{'['}
	for i, item := range v {
		if i > 0 {
			line = append(line, ", "...)
		}
		switch item := item.(type) {
		case list:
			return nil, false
		case object:
			if len(item) != 1 {
				return nil, false
			}
			line = append(append(appendScalar(append(line, '{'), item[0].name), ": "...), appendJSON(nil, item[0].value, "")...)
			line = append(line, '}')
		default:
			line = appendScalar(line, item)
		}
	}
	return append(line, ']'), len(line) < maxLine && !bytes.Contains(line, []byte{'\n'})
}

func appendScalar(dst []byte, value any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if text, ok := value.(string); ok {
		value = strings.ToValidUTF8(text, "\uFFFD") // As matter.AppendJSON has it.
	}
	if err := e.Encode(value); err != nil {
		panic(err) // Only strings, numbers, booleans and null come here.
	}
	return append(dst, bytes.TrimSuffix(out.Bytes(), []byte{'\n'})...)
}
