package sanitize

import (
	"bytes"
	"strings"
	"unicode"

	"copydesk/pipeline/markup"
)

// A declaration is one property of a style attribute with its value.
type declaration struct {
	property, value string
	important       bool
	why             string // why it may not stay whatever the policy says; "" when it may
}

// declarations reads a style attribute. Values come with single blanks.
func declarations(style string) []declaration {
	var out []declaration
	for _, part := range splitDeclarations(style) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		property, value, _ := strings.Cut(part, ":")
		d := declaration{property: strings.TrimSpace(property), value: strings.Join(strings.Fields(value), " ")}
		if head, tail, ok := strings.Cut(d.value, "!"); ok && strings.EqualFold(strings.TrimSpace(tail), "important") {
			d.value, d.important = strings.TrimSpace(head), true
		}
		d.why = d.fault()
		out = append(out, d)
	}
	return out
}

// splitDeclarations splits at semicolons outside of quotes and brackets.
func splitDeclarations(style string) (parts []string) {
	start, depth, quote := 0, 0, byte(0)
	for i := range len(style) {
		switch c := style[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ';' && depth <= 0:
			parts = append(parts, style[start:i])
			start, depth = i+1, 0
		}
	}
	return append(parts, style[start:])
}

// fault says why a declaration may not stay under any policy: it fetches or runs something, or parsers
// do not agree on what it says.
func (d declaration) fault() string {
	property := strings.TrimPrefix(strings.ToLower(d.property), "-")
	if d.value == "" || !isKey(property) {
		return "it is no declaration"
	}
	if why := refusedProperty(property); why != "" {
		return why
	}
	quote, depth := rune(0), 0
	for i, r := range d.value {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -_.,#%+", r):
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case quote == 0 && r == '/' && !strings.HasPrefix(d.value[i:], "/*"):
		case quote == 0 && r == '*' && i > 0 && d.value[i-1] != '/':
		case quote == 0 && r == '(':
			if name := functionName(d.value[:i]); !plainFunctions()[name] {
				return name + "( fetches or runs something"
			}
			depth++
		case quote == 0 && r == ')' && depth > 0:
			depth--
		default:
			return "parsers do not agree on " + string(r) + " in it"
		}
	}
	if quote != 0 || depth != 0 {
		return "a quote or a bracket in it is open"
	}
	return ""
}

func functionName(before string) string {
	return strings.ToLower(before[strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && !unicode.IsDigit(r) })+1:])
}

func plainFunctions() map[string]bool {
	return map[string]bool{"rgb": true, "rgba": true, "hsl": true, "hsla": true, "hwb": true, "lab": true, "lch": true, "calc": true,
		"min": true, "max": true, "clamp": true, "linear-gradient": true, "radial-gradient": true}
}

func spell(list []declaration) string {
	parts := make([]string, len(list))
	for i, d := range list {
		parts[i] = d.property + ": " + d.value
	}
	return strings.Join(parts, "; ")
}

// cleanStyle leaves out of a style attribute what may stay under no policy, and spells the rest as
// bluemonday does. why is not empty when nothing is left.
func cleanStyle(style string) (clean, why string) {
	var kept []declaration
	for _, d := range declarations(style) {
		if d.why == "" {
			kept = append(kept, d)
		} else if why == "" {
			why = d.why
		}
	}
	if len(kept) == 0 {
		if why == "" {
			why = "it says nothing"
		}
		return "", why
	}
	return spell(kept), ""
}

// standsAs tells whether a style attribute says just what bluemonday wrote of it.
func standsAs(style, wrote string) bool {
	for _, d := range declarations(style) {
		if d.why != "" || d.important {
			return false
		}
	}
	return spell(declarations(style)) == wrote
}

// style takes what bluemonday keeps of a style attribute.
func (c *cleaning) style(q *question, a markup.Attr) {
	wrote := wroteValue(q.wrote, "style")
	if standsAs(a.Value, wrote) {
		if bytes.IndexByte(a.Span.Of(c.body), 0) >= 0 {
			c.setValue(a, a.Value)
		}
		return
	}
	kept := declarations(wrote)
	for _, d := range declarations(a.Value) {
		what, why := "style "+d.property+" of "+q.tag.name, d.why
		switch {
		case len(kept) > 0 && d.why == "" && kept[0].property == d.property && kept[0].value == d.value:
			kept = kept[1:]
			if !d.important {
				continue
			}
			what, why = "style priority of "+d.property+" of "+q.tag.name, "it overrules the page around the article"
		case why == "":
			why = "policy " + c.p.name + " does not allow it"
		}
		c.lost.add(anythingElse, a.Span, what, why)
	}
	c.setValue(a, wrote)
}
