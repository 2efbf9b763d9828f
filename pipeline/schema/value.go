package schema

import (
	"encoding/json"
	"strings"

	"copydesk/pipeline/matter"
)

// A beyond is a number that JSON Schema can't weigh, as it is spelled: it is infinite, none, or too large
// to calculate with.
type beyond string

// The numbers that are calculated with: longer ones, or such with a larger exponent, would take too long.
const (
	maxDigits   = 1000
	maxExponent = 3 // digits
)

// valueOf gives the value of a node as the validator wants it: dates are strings, numbers are json.Number,
// aliases are what they stand for, and of a key that stands twice the last value counts.
func valueOf(n *matter.Node, format matter.Format) any {
	n = n.Resolve()
	if n == nil {
		return nil
	}
	switch n.Kind {
	case matter.Mapping:
		object := make(map[string]any, len(n.Entries))
		for i := range n.Entries {
			object[n.Entries[i].Key] = valueOf(n.Entries[i].Value, format)
		}
		return object
	case matter.Sequence:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = valueOf(item, format)
		}
		return list
	case matter.Null:
		return nil
	case matter.Bool:
		return n.Value[0] == 't' || n.Value[0] == 'T'
	case matter.Int, matter.Float:
		return numberOf(n)
	case matter.DateTime, matter.LocalDateTime:
		if format == matter.TOML {
			return dateTime(n.Value)
		}
	}
	return n.Value
}

// numberOf is a number as JSON spells it, or a beyond.
func numberOf(n *matter.Node) any {
	spelled := n.Value
	if !isJSONNumber(spelled) {
		spelled = string(matter.AppendJSON(nil, &matter.Node{Kind: n.Kind, Value: n.Value}, nil))
		if spelled[0] == '"' {
			return beyond(n.Value)
		}
	}
	digits, exponent := spelled, ""
	if e := strings.IndexAny(spelled, "eE"); e >= 0 {
		digits, exponent = spelled[:e], strings.TrimLeft(spelled[e+1:], "+-0")
	}
	if len(digits) > maxDigits || len(exponent) > maxExponent {
		return beyond(n.Value)
	}
	return json.Number(spelled)
}

// isJSONNumber tells of the plain spellings, which are nearly all there are: the others are spelled anew.
func isJSONNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(s, ".")
	return (whole == "0" || whole != "" && whole[0] != '0' && isDigits(whole)) &&
		(!point || isDigits(fraction))
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// dateTime spells a date with a time of TOML as RFC 3339 does, with a T and with seconds.
func dateTime(v string) string {
	const date, minutes = len("2006-01-02"), len("2006-01-02T15:04")
	if len(v) < minutes {
		return v
	}
	rest := v[minutes:]
	if rest == "" || rest[0] != ':' {
		rest = ":00" + rest
	}
	return v[:date] + "T" + v[date+1:minutes] + rest
}
