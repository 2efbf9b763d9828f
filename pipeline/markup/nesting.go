package markup

// An open element of the tree, as the stack of open elements has it.
type open struct {
	name    string
	element int // index in Body.Elements
	before  int // where in the stack the element of that name before it stands, -1 without one
	scope   int // as stack.scope, before this one was opened
	table   int // as stack.table, before this one was opened
	foreign bool
	// collects is true for the elements whose text an outline collects.
	collects bool
}

// A stack holds the open elements, as a browser's does (section 13.2.4.2 of the HTML standard), but
// simpler: formatting elements are not opened again behind a block that closed them, and nothing is
// moved out of a table. Every operation takes constant time, whatever the depth.
type stack struct {
	open  []open
	last  map[string]int // where the innermost open element of a name stands; nil while few are open
	scope int            // where the innermost element stands that end tags don't reach out of, -1 without one
	table int            // where the innermost table stands, -1 without one
}

func newStack() *stack { return &stack{scope: -1, table: -1} }

// fewOpen is how many open elements are searched as fast as a map.
const fewOpen = 16

// find returns where the innermost open element of a name stands, or -1.
func (s *stack) find(name string) int {
	if s.last == nil {
		at := len(s.open) - 1
		for at >= 0 && s.open[at].name != name {
			at--
		}
		return at
	}
	if i, ok := s.last[name]; ok {
		return i
	}
	return -1
}

// parent is the index of the innermost open element, -1 at the top.
func (s *stack) parent() int {
	if len(s.open) == 0 {
		return -1
	}
	return s.open[len(s.open)-1].element
}

// foreign tells whether the innermost element is one of SVG or MathML.
func (s *stack) foreign() bool { return len(s.open) > 0 && s.open[len(s.open)-1].foreign }

func (s *stack) push(name string, element int) {
	o := open{name: name, element: element, before: s.find(name), scope: s.scope, table: s.table, foreign: s.foreign()}
	at := len(s.open)
	if s.open == nil {
		s.open = make([]open, 0, fewOpen/2)
	}
	switch name {
	case "table":
		s.scope, s.table = at, at
	case "td", "th", "caption", "template", "applet", "marquee", "object", "html":
		s.scope = at
	case "svg", "math":
		o.foreign = true
	case "foreignobject", "annotation-xml":
		o.foreign = false
		s.scope = at
	}
	s.open = append(s.open, o)
	switch {
	case s.last != nil:
		s.last[name] = at
	case len(s.open) > fewOpen:
		s.last = map[string]int{}
		for i := range s.open {
			s.last[s.open[i].name] = i
		}
	}
}

// pop closes the innermost element and returns it.
func (s *stack) pop() open {
	at := len(s.open) - 1
	o := s.open[at]
	s.open = s.open[:at]
	s.scope, s.table = o.scope, o.table
	switch {
	case s.last == nil:
	case o.before < 0:
		delete(s.last, o.name)
	default:
		s.last[o.name] = o.before
	}
	return o
}

// closes returns where in the stack the element stands that an end tag closes, or -1: it closes nothing.
func (s *stack) closes(name string) int {
	at := s.find(name)
	switch name {
	case "table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th":
		if at < s.table {
			return -1
		}
	case "template", "html", "body":
	default:
		if at < s.scope {
			return -1
		}
	}
	return at
}

// implied returns how many elements stay open when a start tag of the name comes: those that it ends,
// and all within them, are closed, as the tags of a list item's or a cell's end may be left out.
func (s *stack) implied(name string) int {
	if s.foreign() {
		return len(s.open)
	}
	at := -1
	switch name {
	case "li":
		at = s.after("li", max(s.scope, s.find("ul"), s.find("ol"), s.find("menu")))
	case "dt", "dd":
		at = s.outermost(max(s.scope, s.find("dl")), "dt", "dd")
	case "option":
		at = s.after("option", max(s.scope, s.find("select")))
	case "optgroup":
		at = s.outermost(max(s.scope, s.find("select")), "option", "optgroup")
	case "td", "th":
		at = s.outermost(s.table, "td", "th", "caption")
	case "tr":
		at = s.outermost(s.table, "tr", "td", "th", "caption")
	case "thead", "tbody", "tfoot", "colgroup":
		at = s.outermost(s.table, "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup")
	case "a":
		at = s.after("a", s.scope)
	default:
		if endsParagraph(name) {
			at = s.after("p", max(s.scope, s.find("button")))
		}
	}
	if at < 0 {
		return len(s.open)
	}
	return at
}

// after returns where the innermost element of a name stands if that is behind the barrier, or -1.
func (s *stack) after(name string, barrier int) int {
	if at := s.find(name); at > barrier {
		return at
	}
	return -1
}

// outermost returns the first place behind the barrier of the innermost elements of the names, or -1.
func (s *stack) outermost(barrier int, names ...string) int {
	first := -1
	for _, name := range names {
		if at := s.after(name, barrier); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	return first
}

// endsParagraph tells whether the start tag of an element closes an open p.
func endsParagraph(name string) bool {
	switch name {
	case "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl",
		"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
		"hgroup", "hr", "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre", "search", "section",
		"summary", "table", "ul", "xmp":
		return true
	}
	return false
}

// isVoid tells whether an element has no content and no end tag.
func isVoid(name string) bool {
	switch name {
	case "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
		"link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}
