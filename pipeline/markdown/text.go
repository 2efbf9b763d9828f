package markdown

// A textWriter writes the segments of one paragraph, heading or cell.
type textWriter struct {
	w       *writer
	segs    []seg
	rung    rung
	oneLine bool // line breaks are tags
	title   bool // it is a heading
	inCell  bool
	html    bool // it stands in HTML, where nothing is Markdown

	begin int // where the text, or its line, begins in w.out
	begun int // where the first of its lines does
	delim int // where the last delimiter ends in w.out, 0 for none yet
	count counts

	opening marks // the marks that a delimiter is looked for
	breaks  []int // spaces in w.out at which a line may be broken
}

func (t *textWriter) write() {
	t.begin = len(t.w.out)
	t.begun = t.begin
	t.count = countMarks(t.segs)
	t.run(0, len(t.segs), 0, nil)
}

// run writes the segments from i to j, within which the marks and the link stand already. Of the marks that
// begin at a segment the one that goes on for longest is outermost; links are never cut, code is innermost.
func (t *textWriter) run(i, j int, open marks, in *link) {
	for i < j {
		mark, end := t.longest(i, j, open, in)
		if mark != 0 {
			t.marked(mark, i, end, open, in)
			i = end
			continue
		}
		if l := t.segs[i].link; l != nil && in == nil {
			end = t.linkEnd(i, j)
			t.link(l, i, end, open)
			i = end
			continue
		}
		if end = t.placed(i, j, open, in); end == 0 {
			t.leaf(i, open)
			end = i + 1
		}
		i = end
	}
}

// placed writes an anchor as the id of the tag that follows, and gives where the segments in that end; 0 where
// no tag follows.
func (t *textWriter) placed(i, j int, open marks, in *link) int {
	const tags = highlighted | inserted | underlined | small | abbreviation | quotation | superscript | subscript | keyboard
	if t.segs[i].kind != anchor || i+1 >= j {
		return 0
	}
	m, end := t.longest(i+1, j, open, in)
	if m&tags == 0 {
		return 0
	}
	t.put("<" + m.tag() + ` id="` + attribute(t.segs[i].text) + `">`)
	t.run(i+1, end, open|m, in)
	t.put("</" + m.tag() + ">")
	return end
}

// linkEnd is where the link of segment i ends.
func (t *textWriter) linkEnd(i, j int) int {
	end := i + 1
	if t.segs[i].kind == hollow {
		return end
	}
	for end < j && t.segs[end].link == t.segs[i].link && t.segs[end].kind != hollow {
		end++
	}
	return end
}

// longest finds the mark to open at segment i, and where it ends; 0 where there is none, or a link comes first.
func (t *textWriter) longest(i, j int, open marks, in *link) (best marks, bestEnd int) {
	rest := t.segs[i].marks &^ open &^ code
	if rest == 0 {
		return 0, 0
	}
	link := i
	if t.segs[i].link != nil && in == nil {
		link = t.linkEnd(i, j)
	}
	for m := marks(1); m <= allMarks; m <<= 1 {
		if rest&m == 0 {
			continue
		}
		end := t.markEnd(m, i, j, in)
		if end >= link && end > bestEnd {
			best, bestEnd = m, end
		}
	}
	return best, bestEnd
}

// markEnd is where a mark that begins at segment i ends: before a link of which it has a part only.
func (t *textWriter) markEnd(m marks, i, j int, in *link) int {
	end := i
	for end < j {
		next := end + 1
		if in == nil && t.segs[end].link != nil {
			next = t.linkEnd(end, j)
		}
		for k := end; k < next; k++ {
			if t.segs[k].marks&m == 0 && t.segs[k].kind != anchor {
				if end == i { // Within the first link.
					return k
				}
				return t.withoutSpace(i, end)
			}
		}
		end = next
	}
	return t.withoutSpace(i, end)
}

// withoutSpace is where a run from i to end ends without anchors and spaces behind it.
func (t *textWriter) withoutSpace(i, end int) int {
	for end > i+1 && t.segs[end-1].kind == anchor {
		end--
	}
	return end
}

// put appends what needs no escape.
func (t *textWriter) put(s string) { t.w.out = append(t.w.out, s...) }
