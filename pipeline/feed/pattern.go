package feed

import "strings"

// A pattern is one line of an ignore file, with the meaning that git gives it (gitignore(5); the
// details follow git's dir.c and wildmatch.c, whose backtracking is replaced here by
// a simulation of all ways at once, so that no pattern takes more than its length times the path's).
type pattern struct {
	negated  bool
	folders  bool   // it matches folders only
	baseName bool   // it has no slash, and matches in any folder
	literal  string // what stands before the first special character
	suffix   bool   // it is "*" and literal text, which stands in tail
	tail     string
	tokens   []token
}

// maxPattern is the length from which a pattern is no longer one, in bytes: no path is so long.
const maxPattern = 4096

// parsePattern reads one line without its line break; ok is false when it says nothing.
func parsePattern(line string) (p pattern, ok bool) {
	line = trimTrailingSpaces(strings.TrimSuffix(line, "\r"))
	if line == "" || line[0] == '#' || len(line) > maxPattern {
		return p, false
	}
	if line[0] == '!' {
		p.negated, line = true, line[1:]
	}
	if strings.HasSuffix(line, "/") {
		p.folders, line = true, line[:len(line)-1]
	}
	p.baseName = !strings.Contains(line, "/")
	if !p.baseName {
		line = strings.TrimPrefix(line, "/")
	}
	special := strings.IndexAny(line, `*?[\`)
	switch {
	case special < 0:
		p.literal = line
	case p.baseName && line[0] == '*' && !strings.ContainsAny(line[1:], `*?[\`):
		p.suffix, p.tail = true, line[1:]
	default:
		p.literal, p.tokens = line[:special], tokenize(line[special:], !p.baseName)
	}
	return p, line != "" || p.folders || p.negated
}

// trimTrailingSpaces removes the spaces at the end that no backslash keeps.
func trimTrailingSpaces(line string) string {
	end := -1
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case ' ':
			if end < 0 {
				end = i
			}
			continue
		case '\\':
			i++
			if i == len(line) {
				return line
			}
		}
		end = -1
	}
	if end < 0 {
		return line
	}
	return line[:end]
}

// match tells whether the pattern matches a path below the folder of its file.
func (p *pattern) match(name, base string, isFolder bool) bool {
	if p.folders && !isFolder {
		return false
	}
	if p.baseName {
		name = base
	}
	if p.suffix {
		return strings.HasSuffix(name, p.tail)
	}
	rest, ok := strings.CutPrefix(name, p.literal)
	if !ok {
		return false
	}
	if p.tokens == nil {
		return rest == ""
	}
	return matchTokens(p.tokens, rest)
}
