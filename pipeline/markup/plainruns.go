package markup

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// plainRuns reads what most of the text of an article is: words, tags without attributes, code, links and pictures, all
// of the plainest kind. Of what may mean several things it takes nothing, so that what it does take is what the other
// parsers would have made of it. It writes that as HTML at once, in place of a tree of nodes, in a parse that has room
// for HTML.
type plainRuns struct{}

// A plainRun is such a piece of text, in HTML.
type plainRun struct {
	ast.BaseInline
	html []byte
}

var kindPlainRun = ast.NewNodeKind("PlainRun")

// Kind implements ast.Node.
func (*plainRun) Kind() ast.NodeKind { return kindPlainRun }

// Dump implements ast.Node.
func (n *plainRun) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// RegisterFuncs implements renderer.NodeRenderer.
func (plainRuns) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindPlainRun, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			_, _ = w.Write(n.(*plainRun).html)
		}
		return ast.WalkContinue, nil
	})
}

// Trigger implements parser.InlineParser. The parser asks it for blanks and for what begins a line or stands behind
// something that was read, too.
func (plainRuns) Trigger() []byte { return []byte(" <[!`") }

// Parse implements parser.InlineParser.
func (plainRuns) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	p := pc.(*parse)
	if p.html == nil {
		return nil
	}
	if p.enter(parent); !p.plain || pc.IsInLinkLabel() {
		return nil
	}
	from, work, brackets := p.html.Len(), p.work, p.brackets
	r := plainReader{parse: p}
	read := false
	for {
		line, segment := block.PeekLine()
		if line == nil || len(line) != segment.Stop-segment.Start { // The rest of a tab is not in the source.
			break
		}
		size := r.read(line)
		read = read || size > 0
		if size < len(line) {
			at, _ := block.Position()
			block.SetPosition(at, segment.WithStart(segment.Start+size))
			break
		}
		block.AdvanceLine()
	}
	if p.html.err != nil { // It grows by more than it is worth.
		p.html, p.work, p.brackets = nil, work, brackets
		return nil
	}
	if !read {
		return nil
	}
	return p.plainRun(p.html.Bytes()[from:])
}

// plainRun makes a node, several at once.
func (p *parse) plainRun(html []byte) *plainRun {
	if len(p.runs) == cap(p.runs) {
		p.runs = make([]plainRun, 0, 16)
	}
	p.runs = append(p.runs, plainRun{html: html})
	return &p.runs[len(p.runs)-1]
}

// mayBePlain tells whether plain runs may be read in a block, and whether it has an @. They may not in headings, whose
// text makes their ids, nor where a backslash stands before something else than punctuation, behind which the parser
// may take for escaped what is not.
func (p *parse) mayBePlain(block ast.Node) (plain, mail bool) {
	lines := block.Lines()
	if lines == nil || lines.Len() == 0 || block.Kind() == ast.KindHeading {
		return false, false
	}
	text := p.source[lines.At(0).Start:lines.At(lines.Len()-1).Stop]
	mail = bytes.IndexByte(text, '@') >= 0
	for at := 0; ; at++ {
		next := bytes.IndexByte(text[at:], '\\')
		if next < 0 {
			return true, mail
		}
		at += next
		if at+1 == len(text) || !util.IsPunct(text[at+1]) && (text[at+1] != '\n' || at > 0 && text[at-1] == '\\') {
			return false, mail
		}
	}
}

// plainSpace has room for the HTML of plain runs.
var plainSpace = sync.Pool{New: func() any { return new(output) }}

// freePlainSpace leaves room to the next parse, if that is not too much to keep.
func freePlainSpace(o *output) {
	if o.Cap() <= 1<<20 {
		o.Reset()
		o.err = nil
		plainSpace.Put(o)
	}
}
