package matter

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// AppendJSON appends the value as compact JSON: source order, numbers as spelled where JSON allows it,
// dates as strings, aliases resolved; of a key that stands twice, both. types receives, by JSON pointer,
// what JSON can't say ("datetime", "datetime-local", "date", "time", "int:0755", "float:.5",
// "yaml11-bool:no", "yaml11-int:1_000", "tag:!x", "alias:x"); it may be nil.
func AppendJSON(dst []byte, n *Node, types func(pointer, kind string)) []byte {
	e := encoder{dst: dst, types: types}
	e.value("", n)
	return e.dst
}

type encoder struct {
	dst   []byte
	types func(pointer, kind string)
}

func (e *encoder) note(pointer, kind string) {
	if e.types != nil {
		e.types(pointer, kind)
	}
}

// below is the pointer of a child; without anyone who asks for types, nothing.
func (e *encoder) below(pointer, token string) string {
	if e.types == nil {
		return ""
	}
	return Pointer(pointer, token)
}

func (e *encoder) value(pointer string, n *Node) {
	if n == nil {
		e.dst = append(e.dst, "null"...)
		return
	}
	if n.Tag != "" {
		e.note(pointer, "tag:"+n.Tag)
	}
	switch n.Kind {
	case Alias:
		e.note(pointer, "alias:"+n.Value)
		e.value(pointer, n.Target)
	case Mapping:
		e.mapping(pointer, n)
	case Sequence:
		e.sequence(pointer, n)
	default:
		e.scalar(pointer, n)
	}
}

func (e *encoder) mapping(pointer string, n *Node) {
	e.dst = append(e.dst, '{')
	for i, entry := range n.Entries {
		if i > 0 {
			e.dst = append(e.dst, ',')
		}
		e.string(entry.Key)
		e.dst = append(e.dst, ':')
		e.value(e.below(pointer, entry.Key), entry.Value)
	}
	e.dst = append(e.dst, '}')
}

func (e *encoder) sequence(pointer string, n *Node) {
	e.dst = append(e.dst, '[')
	for i, item := range n.Items {
		if i > 0 {
			e.dst = append(e.dst, ',')
		}
		e.value(e.below(pointer, strconv.Itoa(i)), item)
	}
	e.dst = append(e.dst, ']')
}

func (e *encoder) string(s string) {
	quoted, err := jsontext.AppendQuote(e.dst, s)
	if err != nil { // Invalid UTF-8, which no parser lets through, becomes U+FFFD.
		quoted, _ = jsontext.AppendQuote(e.dst, strings.ToValidUTF8(s, "\uFFFD"))
	}
	e.dst = quoted
}

func (e *encoder) scalar(pointer string, n *Node) {
	switch n.Kind {
	case Null:
		e.dst = append(e.dst, "null"...)
	case Bool:
		e.dst = strconv.AppendBool(e.dst, n.Value[0] == 't' || n.Value[0] == 'T')
	case Int, Float:
		e.number(pointer, n)
	case String:
		if !n.Quoted && n.Tag == "" {
			if kind := yaml11(n.Value); kind != "" {
				e.note(pointer, kind+":"+n.Value)
			}
		}
		e.string(n.Value)
	default:
		e.note(pointer, string(n.Kind))
		e.string(n.Value)
	}
}

// number appends a number as it is spelled, or, where JSON has no such spelling, as JSON spells it;
// infinities and what is not a number are strings.
func (e *encoder) number(pointer string, n *Node) {
	spelled := jsontext.Value(n.Value)
	if spelled.Kind() == '0' && spelled.IsValid() {
		e.dst = append(e.dst, spelled...)
		return
	}
	e.note(pointer, string(n.Kind)+":"+n.Value)
	plain := strings.ReplaceAll(n.Value, "_", "")
	if n.Kind == Int {
		if decimal, ok := decimalInt(plain); ok {
			e.dst = append(e.dst, decimal...)
			return
		}
	} else if decimal, ok := decimalFloat(plain); ok {
		e.dst = append(e.dst, decimal...)
		return
	}
	e.string(n.Value)
}

// decimalInt spells an integer of YAML 1.2 or TOML in decimal digits: a leading zero does not make it octal.
func decimalInt(s string) (string, bool) {
	digits := strings.TrimLeft(s, "+-")
	base := 10
	if len(digits) > 2 && digits[0] == '0' {
		switch digits[1] {
		case 'x', 'X':
			base = 16
		case 'o', 'O':
			base = 8
		case 'b', 'B':
			base = 2
		}
	}
	if base != 10 {
		digits = digits[2:]
	}
	if len(digits) > 1000 {
		return "", false
	}
	number, ok := new(big.Int).SetString(digits, base)
	if !ok {
		return "", false
	}
	if s[0] == '-' {
		number.Neg(number)
	}
	return number.String(), true
}

// decimalFloat gives a float a digit on both sides of the point, and takes its plus and leading zeros away.
func decimalFloat(s string) (string, bool) {
	sign := ""
	if s != "" && (s[0] == '-' || s[0] == '+') {
		if s[0] == '-' {
			sign = "-"
		}
		s = s[1:]
	}
	mantissa, exponent := s, ""
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa, exponent = s[:i], s[i:]
	}
	whole, fraction, point := strings.Cut(mantissa, ".")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if point && fraction == "" {
		fraction = "0"
	}
	if point {
		whole += "." + fraction
	}
	decimal := jsontext.Value(sign + whole + exponent)
	return string(decimal), decimal.Kind() == '0' && decimal.IsValid()
}
