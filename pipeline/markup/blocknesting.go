package markup

import "bytes"

// checkMarkdown returns a LimitError for a body whose blocks goldmark should not be given: it takes time
// for each container of each line, and can't be stopped.
func checkMarkdown(source []byte) error {
	var n nesting
	for at := 0; at < len(source); {
		end := bytes.IndexByte(source[at:], '\n') + at + 1
		if end == at {
			end = len(source)
		}
		n.line(source[at:end])
		switch {
		case len(n.open) > maxNesting:
			return &LimitError{"quotes and lists in each other", maxNesting, at}
		case n.continued > maxContinued:
			return &LimitError{"lines within quotes and lists", maxContinued, at}
		case n.lines > maxLines:
			return &LimitError{"lines", maxLines, at}
		}
		at = end
	}
	return nil
}

// A nesting follows the quotes, list items, definitions and footnotes that are open from line to line, as CommonMark
// does, but keeps some open for too long: it may count too many, never too few.
type nesting struct {
	open      []int // for each container the columns its lines are indented by, 0 for a quote
	blank     bool  // whether the line before was blank
	lines     int
	continued int
}

func (n *nesting) line(line []byte) {
	n.lines++
	n.continued += len(n.open)
	afterBlank := n.blank
	if n.blank = len(bytes.TrimSpace(line)) == 0; n.blank {
		return
	}
	matched, line := n.match(line)
	wasOpen := len(n.open)
	for meaning := false; ; {
		width, size := marker(line)
		again := meaning // A definition does not begin with one.
		if meaning = size > 0 && bytes.TrimLeft(line, " ")[0] == ':'; size == 0 || meaning && again {
			break
		}
		n.open = append(n.open[:matched], width)
		matched++
		line = line[size:]
		if matched > maxNesting {
			return
		}
	}
	if afterBlank && len(n.open) == wasOpen {
		n.open = n.open[:matched] // Without a paragraph to go on with, what is not matched is closed.
	}
}

// match takes from the line what continues the open containers.
func (n *nesting) match(line []byte) (matched int, rest []byte) {
	for ; matched < len(n.open); matched++ {
		width := n.open[matched]
		if width == 0 {
			_, size := marker(line)
			if size == 0 || bytes.TrimLeft(line, " ")[0] != '>' {
				break
			}
			line = line[size:]
			continue
		}
		columns, size := 0, 0
		for ; size < len(line) && columns < width && isBlank(line[size]); size++ {
			columns += columnsOf(line[size])
		}
		if columns < width {
			break
		}
		line = line[size:]
	}
	return matched, line
}

// marker reads the mark of a quote, a list item, a definition or a footnote at the start of a line: size is its bytes,
// 0 without one, and width the columns that the lines of the item are indented by, 0 for a quote.
func marker(line []byte) (width, size int) {
	indent := len(line) - len(bytes.TrimLeft(line, " "))
	rest := line[indent:]
	if indent > 3 || len(rest) == 0 {
		return 0, 0
	}
	if rest[0] == '>' {
		if size = indent + 1; len(rest) > 1 && isBlank(rest[1]) {
			size++
		}
		return 0, size
	}
	if rest[0] == ':' && len(rest) > 1 && isBlank(rest[1]) {
		spaces := 1
		for spaces < 8 && 1+spaces < len(rest) && rest[1+spaces] == ' ' {
			spaces++
		}
		if spaces == 8 {
			spaces = 5 // What follows is indented code.
		}
		return 1 + spaces, indent + 2
	}
	if rest[0] == '[' && len(rest) > 1 && rest[1] == '^' {
		if i := bytes.Index(rest[:min(len(rest), 1002)], []byte("]:")); i > 0 {
			return 4, indent + i + 2
		}
		return 0, 0
	}
	mark := listMark(rest)
	if mark == 0 || isBreak(rest) {
		return 0, 0
	}
	spaces := 0
	for spaces < 5 && mark+spaces < len(rest) && isBlank(rest[mark+spaces]) {
		spaces++
	}
	if spaces == 0 || spaces == 5 || mark+spaces == len(rest) {
		spaces = 1 // What follows is indented code, or nothing.
	}
	return indent + mark + spaces, min(indent+mark+spaces, len(line))
}

// listMark returns the bytes of the mark of a list item, 0 without one.
func listMark(rest []byte) int {
	n := 0
	switch c := rest[0]; {
	case c == '-' || c == '+' || c == '*':
		n = 1
	case '0' <= c && c <= '9':
		for n < len(rest) && n < 10 && '0' <= rest[n] && rest[n] <= '9' {
			n++
		}
		if n == len(rest) || n == 10 || rest[n] != '.' && rest[n] != ')' {
			return 0
		}
		n++
	}
	if n == 0 || n < len(rest) && !isSpace(rest[n]) {
		return 0
	}
	return n
}

// isBreak tells whether a line is a thematic break, as * * * is.
func isBreak(line []byte) bool {
	if c := line[0]; c == '-' || c == '*' {
		line = bytes.TrimRight(line, " \t\r\n")
		return bytes.Count(line, line[:1]) >= 3 && len(bytes.Trim(line, string([]byte{c, ' ', '\t'}))) == 0
	}
	return false
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// columnsOf is how many columns a space or a tab takes, at most.
func columnsOf(c byte) int {
	if c == '\t' {
		return 4
	}
	return 1
}
