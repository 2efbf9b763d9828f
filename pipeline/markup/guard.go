package markup

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A parse is what one run of goldmark knows and may still do. What goes beyond a limit stays text.
type parse struct {
	parser.Context
	source    []byte
	ends      map[ast.Node]int // where each link and each image ends, unless it is nil: goldmark keeps where they begin only
	work      int              // steps done
	block     ast.Node         // the block whose text is being read, and in it
	delims    int              // the delimiters of emphasis, and
	brackets  int              // those of links and images, and
	anchor    bool             // whether <a> is open
	defined   int              // references
	expanded  int              // bytes that references brought
	footnotes int
	cells     int
	html      *output    // of plain runs, which are read unless it is nil
	runs      []plainRun // with room for those that come
	label     []byte     // of use to one link after the other
	plain     bool       // whether the block may have plain runs
	mail      bool       // whether it has an @
	err       error      // the first limit that was reached
}

func newParse(source []byte) *parse {
	return &parse{Context: parser.NewContext(), source: source, ends: map[ast.Node]int{}}
}

// run parses the source with the parser of a goldmark made here.
func (p *parse) run(m goldmark.Markdown) ast.Node {
	return m.Parser().Parse(text.NewReader(p.source), parser.WithContext(p))
}

// enter notes that the text of a block is being read.
func (p *parse) enter(block ast.Node) {
	if p.block != block {
		p.block, p.delims, p.brackets, p.anchor = block, 0, 0, false
		if p.html != nil {
			p.plain, p.mail = p.mayBePlain(block)
		}
	}
}

// within tells whether n is within a limit, and notes the first that was not.
func (p *parse) within(n int, limit string, value, offset int) bool {
	if n > value && p.err == nil {
		p.err = &LimitError{limit, value, offset}
	}
	return n <= value
}

// AddReference implements parser.Context.
func (p *parse) AddReference(r parser.Reference) {
	p.defined++
	if p.within(p.defined, "references", maxReferences, p.place(r.Destination())) {
		p.Context.AddReference(r)
	}
}

// Reference implements parser.Context.
func (p *parse) Reference(label string) (parser.Reference, bool) {
	r, ok := p.Context.Reference(label)
	if !ok {
		return nil, false
	}
	p.expanded += len(r.Destination()) + len(r.Title())
	limit := max(minExpansion, len(p.source))
	return r, p.within(p.expanded, "bytes of references, expanded", limit, p.place(r.Destination()))
}

// place is the offset of a slice of the source in it, -1 for a copy. Goldmark gives the destinations of
// links as they stand in the source.
func (p *parse) place(part []byte) int {
	at := cap(p.source) - cap(part)
	if len(part) == 0 || at < 0 || at+len(part) > len(p.source) || &p.source[at] != &part[0] {
		return -1
	}
	return at
}

// A guard lets a parser of text within blocks work while it is within the limits.
type guard struct {
	parser.InlineParser
	kind inlineKind
}

// An inlineKind is what a parser of text within blocks reads.
type inlineKind int

const (
	someInline inlineKind = iota
	codeInline
	linkInline
	htmlInline
	emphasisInline
	footnoteInline
	bareLinkInline
	quoteInline
)

// Parse implements parser.InlineParser.
func (g guard) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	p := pc.(*parse)
	p.enter(parent)
	line, segment := block.PeekLine()
	at := segment.Start
	if !g.may(p, line, at) {
		return nil
	}
	n := g.InlineParser.Parse(parent, block, pc)
	_, after := block.Position()
	if n != nil {
		p.work += 1000
		if p.ends != nil && (n.Kind() == ast.KindLink || n.Kind() == ast.KindImage) {
			p.ends[n] = after.Start
		}
	}
	g.count(p, n, line, after.Start-at)
	return n
}

// A closingGuard is a guard of a parser that wants to know where blocks end.
type closingGuard struct {
	guard
	close func(parent ast.Node, block text.Reader, pc parser.Context)
}

// CloseBlock implements parser.CloseBlocker.
func (g closingGuard) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	g.close(parent, block, pc)
}

// may tells whether the parser may look at the line.
func (g guard) may(p *parse, line []byte, at int) bool {
	switch g.kind {
	case emphasisInline:
		if !p.within(p.delims+1, "marks of emphasis in one paragraph", maxDelimiters, at) {
			return false
		}
	case quoteInline:
		if len(line) > 3 && line[0] == line[1] && line[1] == line[2] && line[2] == line[3] {
			return false // Each mark of a run would look for its end.
		}
	case linkInline:
		if line[0] == '!' && (len(line) < 2 || line[1] != '[') {
			return false
		}
		if !p.within(p.brackets+1, "brackets in one paragraph", maxBrackets, at) {
			return false
		}
	case bareLinkInline:
		if p.anchor || !mayLink(line) {
			return false // A link in a link would end it.
		}
	}
	return p.within(p.work, "steps of reading emphasis, links and code", maxWork, at)
}

// count counts what the parser did at the beginning of line: n is what it found, size the bytes of that.
func (g guard) count(p *parse, n ast.Node, line []byte, size int) {
	switch g.kind {
	case emphasisInline:
		if n != nil {
			p.delims++
			p.work += 4 * p.delims // It will be compared with those before it.
		}
	case linkInline:
		p.brackets++
		if line[0] == ']' && (n == nil || isShortcut(n)) {
			p.work += p.blockSize() // It was looked for an end, perhaps to that of the block.
		}
	case codeInline:
		if n == nil || n.Kind() != ast.KindCodeSpan {
			p.work += p.blockSize()
		}
	case htmlInline:
		p.work += 1000
		if n != nil {
			p.work += 600 * max(size, 0) // It is read by a regular expression.
			p.anchor = opens(line[1:], "", "a") || p.anchor && !opens(line[1:], "/", "a")
		}
	case footnoteInline:
		p.work += 5 * p.footnotes
	}
}

// isShortcut tells whether a link or an image is a mere [label].
func isShortcut(n ast.Node) bool {
	var r *ast.ReferenceLink
	switch n := n.(type) {
	case *ast.Link:
		r = n.Reference
	case *ast.Image:
		r = n.Reference
	}
	return r != nil && r.Type == ast.ReferenceLinkShortcut
}

// blockSize is the number of bytes in the block that is read.
func (p *parse) blockSize() int {
	lines := p.block.Lines()
	if lines == nil || lines.Len() == 0 {
		return 0
	}
	return lines.At(lines.Len()-1).Stop - lines.At(0).Start
}

// mayLink tells whether what goldmark takes for a bare link may begin here: a URL, or a mail address, whose
// end it would look for again and again in a_a_a_a.
func mayLink(line []byte) bool {
	switch line[0] {
	case ' ', '*', '_', '~', '(':
		line = line[1:]
	}
	for _, prefix := range []string{"http:", "https:", "ftp:", "www."} {
		if bytes.HasPrefix(line, []byte(prefix)) {
			return true
		}
	}
	const most = 65 // bytes before an @
	at := bytes.IndexByte(line[:min(len(line), most)], '@')
	return at > 0 && !bytes.ContainsAny(line[:at], " \t\n<>()[]")
}
