package matter

import (
	"regexp"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

// tagged tells whether a tag stands in the source. The loader does not say so of the tag that is a ! alone,
// which makes a string of a plain scalar.
func tagged(n *yaml.Node) bool { return n.Style&yaml.TaggedStyle != 0 || n.Tag == "!" }

// yamlKind is the kind of a scalar by the core schema of YAML 1.2 (section 10.3.2), and of the
// timestamps of YAML 1.1; a tag that stands in the source decides.
func yamlKind(value, tag string, tagged bool) Kind {
	if tagged {
		return taggedKind(value, tag)
	}
	switch value {
	case "", "~", "null", "Null", "NULL":
		return Null
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool
	case ".nan", ".NaN", ".NAN":
		return Float
	}
	if c := value[0]; c != '-' && c != '+' && c != '.' && (c < '0' || c > '9') || len(value) > 1000 {
		return String
	}
	switch {
	case patterns().integer.MatchString(value):
		return Int
	case patterns().float.MatchString(value):
		return Float
	}
	return yamlTime(value)
}

// taggedKind is the kind of a scalar with a tag; what the tag can't be true of is a string.
func taggedKind(value, tag string) Kind {
	if tag == "!!timestamp" {
		return yamlTime(value)
	}
	switch kind := yamlKind(value, "", false); {
	case tag == "!!float" && (kind == Int || kind == Float):
		return Float
	case tag == "!!int" && kind == Int, tag == "!!bool" && kind == Bool, tag == "!!null" && kind == Null:
		return kind
	}
	return String
}

// yamlTime is the kind of a timestamp by its spelling, String for what is none.
func yamlTime(value string) Kind {
	if patterns().date.MatchString(value) {
		return Date
	}
	switch m := patterns().datetime.FindStringSubmatch(value); {
	case m == nil:
		return String
	case m[1] == "":
		return LocalDateTime
	}
	return DateTime
}

// yaml11 says what YAML 1.1 reads a plain string as, "" for a string.
func yaml11(value string) string {
	switch value {
	case "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF":
		return "yaml11-bool"
	}
	if value == "" || len(value) > 100 || value[0] != '-' && value[0] != '+' && (value[0] < '0' || value[0] > '9') {
		return ""
	}
	if patterns().int11.MatchString(value) {
		return "yaml11-int"
	}
	return ""
}

// Ambiguity says what YAML 1.1 and 1.2, and what is made of them in JavaScript, do not agree on about a plain
// value of YAML: "yaml11-bool" for yes and its like, "yaml11-int" for 1:30 and 1_000, "octal" for 012,
// "tilde" for ~. It is "" for all others, dates among them.
func (n *Node) Ambiguity() string {
	switch {
	case n.Quoted || n.Tag != "":
	case n.Kind == String:
		return yaml11(n.Value)
	case n.Kind == Null && n.Value == "~":
		return "tilde"
	case n.Kind == Int:
		if digits := strings.TrimLeft(n.Value, "+-"); len(digits) > 1 && digits[0] == '0' && isDigit(digits[1]) {
			return "octal"
		}
	}
	return ""
}

type yamlPatterns struct{ integer, float, date, datetime, int11 *regexp.Regexp }

// patterns are the regular expressions of YAML 1.2, section 10.3.2, and of the YAML 1.1 types
// timestamp (yaml.org/type/timestamp.html) and int (yaml.org/type/int.html).
var patterns = sync.OnceValue(func() yamlPatterns {
	return yamlPatterns{
		integer:  regexp.MustCompile(`^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$`),
		float:    regexp.MustCompile(`^[-+]?((\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))$`),
		date:     regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`),
		datetime: regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?$`),
		int11:    regexp.MustCompile(`^[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])*)$`),
	}
})
