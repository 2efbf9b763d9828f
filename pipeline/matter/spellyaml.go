package matter

import (
	"strings"
)

// spellYAML spells a value as YAML, in the style of an old one, which may be nil.
// Collections are spelled in brackets, in one line.
func (w *writer) spellYAML(n, old *Node, flow bool) string {
	switch n.Kind {
	case Mapping:
		parts := make([]string, 0, len(n.Entries))
		for _, e := range n.Entries {
			parts = append(parts, w.spellKeyYAML(e.Key, true)+": "+w.spellYAML(e.Value, nil, true))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case Sequence:
		parts := make([]string, 0, len(n.Items))
		for _, item := range n.Items {
			parts = append(parts, w.spellYAML(item, firstString(old), true))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case String:
		return w.stringYAML(n.Value, old, flow)
	}
	return n.Value
}

func (w *writer) spellKeyYAML(key string, flow bool) string {
	if !w.safe && plainYAML(key, flow) {
		return key
	}
	return quoteYAML(key)
}

// stringYAML spells a string with the quotes of the old value where they can hold it.
func (w *writer) stringYAML(s string, old *Node, flow bool) string {
	style := byte(0)
	if old != nil && old.Span.Len() > 0 && (old.Quoted || old.Kind == String) {
		style = w.m.Text[old.Span.Start]
	}
	switch {
	case w.safe || style == '"':
		return quoteYAML(s)
	case old != nil && old.Span.Len() > 0 && !old.Quoted && s != "" && isTime(yamlKind(s, "", false)):
		return s // As a date does not change what JSON says, it may stand without quotes, as the old value did.
	case style == '\'' && printable(s):
		return singleYAML(s)
	case (style == '|' || style == '>') && !flow && strings.Contains(strings.TrimSuffix(s, "\n"), "\n"):
		if block, ok := w.literalYAML(s, old); ok {
			return block
		}
	case style != '\'' && plainYAML(s, flow):
		return s
	}
	if printable(s) {
		return singleYAML(s)
	}
	return quoteYAML(s)
}

func singleYAML(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// quoteYAML spells a string in double quotes, with the escapes that YAML has in common with TOML.
func quoteYAML(s string) string { return quoteTOML(s) }

// literalYAML spells a string as a literal block with the indentation of the old block.
func (w *writer) literalYAML(s string, old *Node) (string, bool) {
	content := strings.TrimRight(s, "\n")
	if content == "" || content[0] == ' ' || content[0] == '\n' || !printable(strings.ReplaceAll(content, "\n", "")) {
		return "", false
	}
	chomp := "+"
	switch len(s) - len(content) {
	case 0:
		chomp = "-"
	case 1:
		chomp = ""
	}
	at := w.lineEnd(old.Span.Start)
	for at < old.Span.End && isBlank(w.m.Text[at:min(w.lineEnd(at), old.Span.End)]) {
		at = w.lineEnd(at)
	}
	indent := at
	for indent < old.Span.End && w.m.Text[indent] == ' ' {
		indent++
	}
	if indent == at {
		return "", false
	}
	out := "|" + chomp
	for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
		out += w.lineBreak()
		if line != "" {
			out += string(w.m.Text[at:indent]) + line
		}
	}
	return out, true
}

// plainYAML tells whether a string can stand without quotes and is a string then, by YAML 1.1 too.
func plainYAML(s string, flow bool) bool {
	if s == "" || !printable(s) || strings.TrimSpace(s) != s {
		return false
	}
	if strings.ContainsRune("-?:,[]{}#&*!|>'\"%@`=<~.", rune(s[0])) || strings.HasSuffix(s, ":") {
		return false
	}
	if strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.Contains(s, "\t") {
		return false
	}
	if flow && strings.ContainsAny(s, ",[]{}:") {
		return false
	}
	if rest, ok := skipKey([]byte(s)); ok && strings.HasPrefix(string(rest), "：") {
		return false // Standing alone, it would be taken for a key with a colon of the wrong width.
	}
	return yamlKind(s, "", false) == String && yaml11(s) == ""
}
