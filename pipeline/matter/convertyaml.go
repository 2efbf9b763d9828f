package matter

import (
	"regexp"
	"strings"
	"sync"
)

// yamlText is front matter that is written as YAML, in block style.
type yamlText struct {
	strings.Builder
	br   string
	safe bool
}

func (y *yamlText) remarks(indent string, lines []string) {
	for _, line := range lines {
		if line != "" {
			y.WriteString(indent + line)
		}
		y.WriteString(y.br)
	}
}

// mapping writes entries at a column; of an item of a list, the first stands behind the dash.
func (y *yamlText) mapping(p *piece, indent string, behindDash bool) {
	for i, e := range p.parts {
		y.remarks(indent, e.above)
		if i > 0 || !behindDash {
			y.WriteString(indent)
		}
		y.WriteString(y.key(e.key, indent) + ":")
		y.value(e, indent)
	}
}

func (y *yamlText) key(key, indent string) string {
	if len(key) > 100 { // Without a ? before it, a key may have 1024 characters, its escapes counted.
		return "? " + quoteYAML(key) + y.br + indent
	}
	if !y.safe && plainYAML(key, false) && !strings.Contains(key, " #") && !numberlike(key) {
		return key
	}
	if !y.safe && printable(key) {
		return singleYAML(key)
	}
	return quoteYAML(key)
}

// value writes what stands behind the colon or the dash, to the end of the line or of several.
func (y *yamlText) value(e *part, indent string) {
	v := e.value
	beside := ""
	if e.beside != "" {
		beside = " " + e.beside
	}
	switch {
	case v.kind == Mapping && len(v.parts) > 0:
		y.WriteString(beside + y.br)
		y.mapping(v, indent+"  ", false)
	case v.kind == Sequence && len(v.parts) > 0:
		y.WriteString(beside + y.br)
		y.sequence(v, indent+"  ", false)
	case v.kind == Mapping:
		y.WriteString(" {}" + beside + y.br)
	case v.kind == Sequence:
		y.WriteString(" []" + beside + y.br)
	case v.kind == String:
		y.text(v.text, indent+"  ", beside)
	default:
		y.WriteString(" " + v.text + beside + y.br)
	}
}

// sequence writes items at a column; of an item that is a list itself, the first stands behind the dash.
func (y *yamlText) sequence(p *piece, indent string, behindDash bool) {
	for i, item := range p.parts {
		y.remarks(indent, item.above)
		if i > 0 || !behindDash {
			y.WriteString(indent)
		}
		y.WriteString("-")
		v := item.value
		switch {
		case v.kind == Mapping && len(v.parts) > 0:
			y.WriteString(" ")
			y.mapping(v, indent+"  ", true)
		case v.kind == Sequence && len(v.parts) > 0 && item.beside == "" && len(v.parts[0].above) == 0:
			y.WriteString(" ")
			y.sequence(v, indent+"  ", true)
		default:
			y.value(item, indent)
		}
	}
}

// text writes a string: of several lines as a literal block.
func (y *yamlText) text(s, indent, beside string) {
	if content, chomp, ok := literal(s); ok && !y.safe {
		y.WriteString(" |" + chomp + beside + y.br)
		for line := range strings.SplitSeq(content, "\n") {
			if line != "" {
				y.WriteString(indent + line)
			}
			y.WriteString(y.br)
		}
		return
	}
	w := writer{safe: y.safe || numberlike(s) && !printable(s)}
	spelled := w.stringYAML(s, nil, false)
	if spelled == s && numberlike(s) {
		spelled = singleYAML(s)
	}
	y.WriteString(" " + spelled + beside + y.br)
}

// numberlike tells whether a text has only what numbers have: readers of YAML 1.1 take some for one.
func numberlike(s string) bool { return numbers11().MatchString(s) }

var numbers11 = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[-+]?[.0-9][0-9_.:eE+-]*$`) })

// literal splits a text of several lines into what a literal block has and how it ends. ok is false for
// one that a block can't hold, or with a line that some tools would take for a fence.
func literal(s string) (content, chomp string, ok bool) {
	content = strings.TrimRight(s, "\n")
	if !strings.Contains(content, "\n") && content == s || content == "" || strings.ContainsRune(" \t\n", rune(content[0])) ||
		!printable(strings.NewReplacer("\n", "", "\t", "").Replace(content)) || fenceInside(content) {
		return "", "", false
	}
	switch len(s) - len(content) {
	case 0:
		return content, "-", true
	case 1:
		return content, "", true
	}
	return strings.TrimSuffix(s, "\n"), "+", true
}

// fenceInside tells whether a line of a text looks like a fence.
func fenceInside(s string) bool {
	for line := range strings.SplitSeq(s, "\n") {
		switch strings.TrimSpace(line) {
		case "---", "+++", "...", ";;;":
			return true
		}
	}
	return false
}
