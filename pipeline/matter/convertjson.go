package matter

import (
	"strings"
	"unicode/utf8"
)

// jsonWidth is how wide in characters an array of scalars in one line may be.
const jsonWidth = 100

// spellMembers spells what stands between the braces or brackets of a value, in lines.
func spellMembers(p *piece, indent, br string) string {
	var b strings.Builder
	for i, one := range p.parts {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(br + indent + "  ")
		if p.kind == Mapping {
			b.WriteString(quoteJSON(one.key) + ": ")
		}
		b.WriteString(spellValueJSON(one.value, indent+"  ", br))
	}
	return b.String() + br + indent
}

func spellValueJSON(p *piece, indent, br string) string {
	switch {
	case p.kind == String:
		return quoteJSON(p.text)
	case p.kind == Mapping && len(p.parts) == 0:
		return "{}"
	case p.kind == Mapping:
		return "{" + spellMembers(p, indent, br) + "}"
	case p.kind == Sequence:
		if one, ok := spellListJSON(p, indent); ok {
			return one
		}
		return "[" + spellMembers(p, indent, br) + "]"
	}
	return p.text
}

// spellListJSON spells an array of scalars in one line, if that is not too long.
func spellListJSON(p *piece, indent string) (line string, ok bool) {
	var parts []string
	for _, item := range p.parts {
		if item.value.kind == Mapping || item.value.kind == Sequence {
			return "", false
		}
		parts = append(parts, spellValueJSON(item.value, "", ""))
	}
	line = "[" + strings.Join(parts, ", ") + "]"
	return line, utf8.RuneCountInString(indent+line) <= jsonWidth
}

func quoteJSON(s string) string {
	e := encoder{}
	e.string(s)
	return string(e.dst)
}
