package matter

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
)

// scalar says what a scalar is in the new syntax, and tells where that is not what it was.
func (c *converter) scalar(n *Node, p *piece) {
	if c.m.Format == YAML {
		switch n.Ambiguity() {
		case "yaml11-bool", "yaml11-int":
			c.lose(n.Span, false, "%s is text, as YAML 1.2 has it; readers of YAML 1.1 take it for another value", quoted([]byte(n.Value)))
		case "octal":
			c.lose(n.Span, false, "%s is a decimal number, as YAML 1.2 has it; readers of YAML 1.1 take it for an octal one", quoted([]byte(n.Value)))
		}
	}
	switch n.Kind {
	case String:
		p.text = n.Value
	case Bool:
		p.text = strings.ToLower(n.Value)
	case Int, Float:
		c.number(n, p)
	default:
		c.time(n, p)
	}
}

// number spells a number as it was where the new syntax has that spelling, else in decimal digits.
func (c *converter) number(n *Node, p *piece) {
	special := specialFloat(n)
	switch {
	case special != "" && c.to == JSON:
		c.asText(n, p, "JSON has no "+special)
		return
	case special != "" && c.to == TOML:
		p.text = special
		return
	case special != "":
		p.text = strings.Replace(strings.TrimPrefix(special, "-nan"), "inf", ".inf", 1)
		if strings.HasSuffix(special, "nan") {
			p.text = ".nan"
		}
		return
	case numberFits(n.Value, n.Kind, c.to):
		p.text = n.Value
		return
	}
	plain := strings.ReplaceAll(n.Value, "_", "")
	if p.text, _ = decimalInt(plain); n.Kind == Float {
		if p.text, _ = decimalFloat(plain); p.text != "" && !strings.ContainsAny(p.text, ".eE") {
			p.text += ".0"
		}
	}
	if !numberFits(p.text, n.Kind, c.to) {
		c.asText(n, p, names[c.to]+" has no number of this size")
		return
	}
	c.respelled(n, p)
}

func (c *converter) asText(n *Node, p *piece, why string) {
	p.kind, p.text = String, n.Value
	c.lose(n.Span, false, "%s: %s is written as text", why, quoted([]byte(n.Value)))
}

// specialFloat is a float that is no number as TOML has it: inf, -inf, nan; "" for all others.
func specialFloat(n *Node) string {
	if n.Kind != Float {
		return ""
	}
	bare := strings.ToLower(strings.Replace(n.Value, ".", "", 1))
	sign := ""
	if strings.HasPrefix(bare, "-") {
		sign = "-"
	}
	switch bare = strings.TrimLeft(bare, "+-"); bare {
	case "inf":
		return sign + bare
	case "nan":
		return bare
	}
	return ""
}

// tomlNumbers are the grammars of numbers of TOML 1.0.0 and its underscores.
var tomlNumbers = sync.OnceValues(func() (integer, float *regexp.Regexp) {
	const whole = `[-+]?(?:0|[1-9](?:_?[0-9])*)`
	return regexp.MustCompile(`^(?:` + whole + `|0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)$`),
		regexp.MustCompile(`^` + whole + `(?:\.[0-9](?:_?[0-9])*)?(?:[eE][-+]?[0-9](?:_?[0-9])*)?$`)
})

// numberFits tells whether a syntax takes a spelling for a number of the kind.
func numberFits(s string, kind Kind, in Format) bool {
	floating := strings.ContainsAny(s, ".eE")
	switch in {
	case JSON:
		v := jsontext.Value(s)
		return v.Kind() == '0' && v.IsValid() && floating == (kind == Float)
	case TOML:
		integer, float := tomlNumbers()
		if kind == Float {
			return floating && float.MatchString(s)
		}
		_, err := strconv.ParseInt(strings.TrimPrefix(s, "+"), 0, 64)
		return err == nil && integer.MatchString(s)
	}
	plain := strings.TrimLeft(s, "+-")
	octal := kind == Int && len(plain) > 1 && plain[0] == '0' && isDigit(plain[1])
	return s != "" && !octal && yamlKind(s, "", false) == kind
}

// looseTime takes apart a timestamp of YAML 1.1, which has those of TOML in it.
var looseTime = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d*))?)?(?:[ \t]*([Zz]|[-+]\d{1,2}(?::?\d{2})?))?)?$`)
})

// rfc3339 spells a date, alone or with a time, as RFC 3339 does; a time of the day stays as it is.
func rfc3339(spelled string) string {
	m := looseTime().FindStringSubmatch(spelled)
	if m == nil {
		return spelled
	}
	two := func(s string) string { return ("00" + s)[len(s):] }
	out := m[1] + "-" + two(m[2]) + "-" + two(m[3])
	if m[4] == "" {
		return out
	}
	out += "T" + two(m[4]) + ":" + m[5] + ":" + two(m[6])
	if m[7] != "" {
		out += "." + m[7]
	}
	switch zone := m[8]; {
	case zone == "" || len(zone) == 6: // +01:00
		return out + zone
	case zone == "Z" || zone == "z":
		return out + "Z"
	default:
		hours, minutes, _ := strings.Cut(zone[1:], ":")
		if len(hours) > 2 {
			hours, minutes = hours[:len(hours)-2], hours[len(hours)-2:]
		}
		return out + zone[:1] + two(hours) + ":" + two(minutes)
	}
}

// time spells a date or a time as it was where the new syntax has that spelling, else as RFC 3339.
func (c *converter) time(n *Node, p *piece) {
	p.text = n.Value
	switch {
	case c.to == JSON || c.to == YAML && n.Kind == Time:
		p.kind = String
		c.lose(n.Span, true, "%s has no %s: %s is written as text", names[c.to], timeNames[n.Kind], n.Value)
		return
	case c.to == YAML && yamlTime(n.Value) == n.Kind, c.to == TOML && validTime(n.Kind, n.Value):
		return
	}
	p.text = rfc3339(n.Value)
	if c.to == TOML && !validTime(n.Kind, p.text) {
		c.asText(n, p, "it is no date that there is")
		return
	}
	c.respelled(n, p)
}

var timeNames = map[Kind]string{
	DateTime: "dates", LocalDateTime: "dates", Date: "dates", Time: "times of the day",
}

// canonical spells a scalar in one way, whatever the syntax.
func canonical(n *Node) string {
	switch n.Kind {
	case String:
		return n.Value
	case Bool:
		return strings.ToLower(n.Value)
	case Null:
		return "null"
	case Int:
		s, _ := decimalInt(strings.ReplaceAll(n.Value, "_", ""))
		return s
	case Float:
		if special := specialFloat(n); special != "" {
			return special
		}
		f, _ := strconv.ParseFloat(strings.ReplaceAll(n.Value, "_", ""), 64) // Beyond its range, an infinity.
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return rfc3339(n.Value)
}
