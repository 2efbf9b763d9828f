package matter

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"copydesk/pipeline"
)

// looks is what data between two fences looks like, before any parser has seen it.
type looks int

const (
	nothing looks = iota // blank lines and comments
	prose
	yamlKeys
	wordyKey // a key of several words, which prose may have too
	tomlKeys
	jsonObject
	broken // keys first, then something that can't belong to them
)

// guess says what the data of an envelope looks like.
func guess(raw []byte) looks {
	keys, others, odd := 0, 0, 0
	first := nothing
	blank, list := false, true
	lines(raw, pipeline.Span{Start: 0, End: len(raw)}, func(span pipeline.Span) bool {
		line := span.Of(raw)
		if isBlank(line) {
			blank = true
			return true
		}
		if line[0] == '#' || conflictMarker(line) || first != nothing && (line[0] == ' ' || line[0] == '\t') ||
			first == nothing && isProperty(line) {
			return true
		}
		list = list && bytes.HasPrefix(line, []byte("- "))
		kind := guessLine(line)
		if first == nothing {
			first = kind
		}
		switch {
		case kind != prose:
			keys++
		case line[0] != '-' || first == prose:
			others++
			if blank || line[0] == '<' {
				odd++
			}
		}
		blank = false
		return true
	})
	switch {
	case first == prose && list:
		return yamlKeys // A list is data, though not front matter's; prose is no list alone.
	case first == prose && others >= keys, first == wordyKey && others > 0:
		return prose
	case first == prose, first == wordyKey:
		return yamlKeys
	case first == yamlKeys && odd > 0:
		return broken
	}
	return first
}

// isProperty tells whether a line holds only an anchor or a tag of the value that follows.
func isProperty(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) > 1 && (line[0] == '&' || line[0] == '!') && !bytes.ContainsAny(line, " \t")
}

// guessLine says what the first line of data, or one in the first column, looks like.
func guessLine(line []byte) looks {
	line = bytes.TrimLeft(line, " \t")
	if line[0] == '{' {
		return jsonObject
	}
	if line[0] == '[' {
		if header := bytes.TrimRight(line, " \t"); header[len(header)-1] == ']' {
			return tomlKeys
		}
		return prose
	}
	if bytes.HasPrefix(line, []byte("? ")) {
		return yamlKeys
	}
	rest, ok := skipKey(line)
	if !ok {
		return prose
	}
	if words := bytes.Index(line, []byte(": ")); words > len(line)-len(rest) && words < 60 && isWords(line[:words]) {
		return wordyKey
	}
	rest = bytes.TrimLeft(rest, " \t")
	switch {
	case len(rest) == 0:
		return prose
	case rest[0] == '=':
		return tomlKeys
	case rest[0] == ':' && (len(rest) == 1 || rest[1] == ' ' || rest[1] == '\t'), bytes.HasPrefix(rest, []byte("：")):
		return yamlKeys
	case rest[0] == ':' && !bytes.HasPrefix(rest, []byte("://")):
		return yamlKeys
	}
	return prose
}

// skipKey skips a key: a word of letters, digits, dashes, dots and underscores, or a quoted string.
func skipKey(line []byte) (rest []byte, ok bool) {
	if len(line) == 0 {
		return line, false
	}
	if q := line[0]; q == '"' || q == '\'' {
		end := stringEnd(line, 0)
		return line[end+1:], line[end] == q && end > 0
	}
	i := 0
	for i < len(line) {
		r, n := utf8.DecodeRune(line[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' && r != '.' && r != '$' && r != '@' || r == utf8.RuneError {
			break
		}
		i += n
	}
	if i == 0 || line[0] == '-' && i == 1 {
		return line, false
	}
	return line[i:], true
}

// isWords tells whether a text consists of letters, digits and single spaces.
func isWords(text []byte) bool {
	space := true
	for _, r := range string(text) {
		if r == ' ' && space || r != ' ' && r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
		space = r == ' '
	}
	return !space
}
