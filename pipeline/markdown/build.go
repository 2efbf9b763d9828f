package markdown

import (
	"slices"
	"strconv"
	"strings"

	"copydesk/pipeline/markup"

	"golang.org/x/net/html"
)

// read makes the tree of parsed HTML. targets are the ids that links lead to; read removes those it finds.
// rendered is true for what was rendered from Markdown, whose headings have ids that nobody gave them.
func read(doc *html.Node, targets map[string]bool, rendered bool) *block {
	b := &builder{links: map[link]*link{}, targets: targets}
	b.survey(doc)
	root := &block{kind: document}
	root.kids = b.inside(doc, false)
	b.headingIDs(root, rendered)
	if len(b.notes) > 0 {
		root.kids = append(root.kids, &block{kind: notes, kids: b.notes})
	}
	return root
}

// headingIDs makes anchors of the ids of headings that links lead to. Where all headings have the ids that
// Markdown gives them anyway, none is needed.
func (b *builder) headingIDs(root *block, rendered bool) {
	var ids markup.HeadingIDs
	own := true
	root.texts(func(h *block) {
		if h.kind == heading {
			own = own && ids.Next(plain(h.segs)) == h.text
		}
	})
	root.texts(func(h *block) {
		if h.kind != heading {
			return
		}
		if id := h.text; !own && !rendered && b.targets[id] {
			delete(b.targets, id)
			h.lead(seg{kind: anchor, text: id})
		}
		h.text = ""
	})
}

// plain is the text of segments.
func plain(segs []seg) string {
	var out strings.Builder
	for _, s := range segs {
		if s.kind == text || s.kind == image {
			out.WriteString(s.text)
		}
	}
	return out.String()
}

// targets are the ids that links of a document lead to.
func targets(doc *html.Node) map[string]bool {
	ids := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		if href, ok := attr(n, "href"); ok && len(href) > 1 && href[0] == '#' {
			ids[href[1:]] = true
		}
	}
	return ids
}

// A builder is one run of read.
type builder struct {
	out     []*block // finished blocks of the one that is being read
	segs    []seg    // of the paragraph that is being read
	apart   bool     // that paragraph is a p
	flat    int      // within how many headings: blocks in them are text
	marks   marks
	link    *link
	links   map[link]*link
	targets map[string]bool // ids that links of the document lead to
	labels  map[string]bool // of footnotes
	notes   []*block
}

// survey looks for the footnotes that there are, before the rest is read.
func (b *builder) survey(doc *html.Node) {
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || !isFootnotes(n) {
			continue
		}
		for item := range footnotes(n) {
			if b.labels == nil {
				b.labels = map[string]bool{}
			}
			b.labels[noteLabel(item)] = true
		}
	}
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

// inside gives the blocks in an element. apart is true for those of a p.
func (b *builder) inside(n *html.Node, apart bool) []*block {
	out, segs, was := b.out, b.segs, b.apart
	b.out, b.segs, b.apart = nil, nil, apart
	b.children(n)
	b.flush()
	kids := b.out
	b.out, b.segs, b.apart = out, segs, was
	return kids
}

func (b *builder) children(n *html.Node) {
	for c := range n.ChildNodes() {
		b.node(c)
	}
}

// flush ends the paragraph that is being read.
func (b *builder) flush() {
	if b.flat > 0 {
		b.segs = append(b.segs, seg{kind: text, text: " ", marks: b.marks, link: b.link})
		return
	}
	segs := normalized(b.segs)
	b.segs = b.segs[:0]
	if len(segs) > 0 {
		b.out = append(b.out, &block{kind: paragraph, segs: segs, apart: b.apart})
	}
}

// add adds a block behind the paragraph that is being read.
func (b *builder) add(k *block) {
	b.flush()
	b.out = append(b.out, k)
}

func (b *builder) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		b.segs = append(b.segs, seg{kind: text, text: n.Data, marks: b.marks, link: b.link})
	case html.DocumentNode:
		b.children(n)
	case html.ElementNode:
		b.element(n)
	}
}

func (b *builder) element(n *html.Node) {
	if isHidden(n.Data) {
		return
	}
	if b.flat == 0 && b.block(n) {
		return
	}
	switch n.Data {
	case "br":
		b.segs = append(b.segs, seg{kind: lineBreak})
	case "img":
		b.image(n)
	case "noscript":
		if hasText(n) {
			b.children(n)
			return
		}
		if !hasAlt(n) { // A pixel that counts readers, or the twin of a picture that a script shows.
			return
		}
		fallthrough
	case "iframe", "video", "audio", "embed", "object":
		b.segs = append(b.segs, seg{kind: media, text: outer(n), link: b.link})
	case "a":
		b.anchor(n)
	default:
		if label, ok := b.reference(n); ok {
			b.segs = append(b.segs, seg{kind: noteRef, text: label, marks: b.marks})
			return
		}
		b.place(n)
		b.rest(n)
	}
}

// hasText tells whether there is any text in an element.
func hasText(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.Type == html.TextNode && strings.IndexFunc(c.Data, notBlank) >= 0 {
			return true
		}
	}
	return false
}

// hasAlt tells whether a picture in an element has a text.
func hasAlt(n *html.Node) bool {
	for c := range n.Descendants() {
		if alt, _ := attr(c, "alt"); c.Data == "img" && strings.TrimSpace(alt) != "" {
			return true
		}
	}
	return false
}

// rest reads an element that is text, marked or not, or holds blocks and is nothing itself.
func (b *builder) rest(n *html.Node) {
	if m := markOf(n.Data); m != 0 {
		was := b.marks
		b.marks |= m
		b.children(n)
		b.marks = was
		return
	}
	if isBlock(n.Data) {
		b.flush()
		was := b.apart
		b.apart = n.Data == "p"
		b.children(n)
		b.flush()
		b.apart = was
		return
	}
	b.children(n)
}

// block reads an element that is a block of its own.
func (b *builder) block(n *html.Node) bool {
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		b.heading(n)
	case "hr":
		b.add(&block{kind: rule})
	case "pre":
		b.listing(n)
	case "blockquote":
		b.add(b.at(n, &block{kind: quote}, b.inside(n, false)))
	case "ul", "ol", "menu", "dir":
		b.list(n)
	case "dl":
		b.definitions(n)
	case "table":
		b.table(n)
	case "figure":
		b.figure(n)
	case "figcaption":
		b.add(b.at(n, &block{kind: caption}, b.inside(n, false)))
	case "details":
		b.add(b.at(n, &block{kind: details}, b.inside(n, false)))
	case "summary":
		b.add(b.at(n, &block{kind: summary}, b.inside(n, false)))
	case "div", "section":
		if !isFootnotes(n) || len(b.notes) > 0 {
			return false
		}
		b.flush()
		b.footnotes(n)
	default:
		return false
	}
	return true
}

// at gives a block its kids, and the place that links lead to if the element is one.
func (b *builder) at(n *html.Node, k *block, kids []*block) *block {
	k.kids = kids
	if id := b.wanted(n); id != "" {
		k.lead(seg{kind: anchor, text: id})
	}
	return k
}

// lead puts a segment before the first text of the block.
func (k *block) lead(s seg) {
	for at := k; ; at = at.kids[0] {
		if at.kind == paragraph || at.kind == heading {
			at.segs = append([]seg{s}, at.segs...)
			return
		}
		if len(at.kids) == 0 || at.kids[0].kind == pre || at.kids[0].kind == rule {
			if at.kind != pre && at.kind != rule && at.kind != table && at.kind != row && at.kind != list {
				at.kids = append([]*block{{kind: paragraph, segs: []seg{s}}}, at.kids...)
			}
			return
		}
	}
}

// wanted is the id of an element when a link leads to it.
func (b *builder) wanted(n *html.Node) string {
	id, _ := attr(n, "id")
	if id == "" && n.Data == "a" {
		id, _ = attr(n, "name")
	}
	if id == "" || !b.targets[id] || strings.ContainsAny(id, "\x00\r\n") {
		return ""
	}
	delete(b.targets, id) // The first of several is the one that counts.
	return id
}

// place notes a place that links lead to.
func (b *builder) place(n *html.Node) {
	if id := b.wanted(n); id != "" {
		b.segs = append(b.segs, seg{kind: anchor, text: id})
	}
}

func (b *builder) heading(n *html.Node) {
	b.flush()
	h := &block{kind: heading, level: int(n.Data[1] - '0')}
	segs := b.segs
	b.segs = nil
	b.flat++
	h.text, _ = attr(n, "id")
	b.children(n)
	b.flat--
	h.segs = normalized(b.segs)
	b.segs = segs
	b.out = append(b.out, h)
}

func (b *builder) image(n *html.Node) {
	src, _ := attr(n, "src")
	if src = address(src); src == "" {
		return
	}
	b.place(n)
	alt, _ := attr(n, "alt")
	title, _ := attr(n, "title")
	b.segs = append(b.segs, seg{kind: image, text: collapsed(alt), src: src, title: collapsed(title), marks: b.marks &^ code, link: b.link})
}

// collapsed is a text with single spaces, and none at its ends.
func collapsed(s string) string { return strings.Join(strings.FieldsFunc(s, blank), " ") }

// address is a URL as Markdown renders it. One with a stray % stays as it is, since it means another
// place once that is encoded; it can't be told in Markdown (see isPlainURL).
func address(url string) string {
	url = strings.Trim(url, " \t\n\r\f")
	if strings.ContainsAny(url, "\t\n\r") {
		url = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(url)
	}
	if hasStrayPercent(url) {
		return url
	}
	return markup.EscapeURL(url)
}

// hasStrayPercent tells whether a % in a URL does not begin an encoded byte.
func hasStrayPercent(url string) bool {
	for i := range len(url) {
		if url[i] == '%' && (i+2 >= len(url) || !isHex(url[i+1]) || !isHex(url[i+2])) {
			return true
		}
	}
	return false
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

func (b *builder) anchor(n *html.Node) {
	b.place(n)
	href, ok := attr(n, "href")
	if !ok || b.link != nil {
		b.children(n)
		return
	}
	title, _ := attr(n, "title")
	l := link{address(href), collapsed(title)}
	if b.links[l] == nil {
		b.links[l] = &l
	}
	b.link = b.links[l]
	before, blocks := len(b.segs), len(b.out)
	b.children(n)
	if len(b.out) == blocks && !shows(b.segs[min(before, len(b.segs)):]) {
		b.segs = append(b.segs, seg{kind: hollow, link: b.link})
	}
	b.link = nil
}

// shows tells whether there is anything to see in the segments.
func shows(segs []seg) bool {
	return slices.ContainsFunc(segs, func(s seg) bool {
		return s.kind != anchor && s.kind != lineBreak && (s.kind != text || strings.IndexFunc(s.text, notBlank) >= 0)
	})
}

func (b *builder) listing(n *html.Node) {
	var out strings.Builder
	listingText(n, &out)
	code := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(out.String())
	code = strings.TrimSuffix(code, "\n")
	b.add(&block{kind: pre, lang: language(n), text: code})
}

func listingText(n *html.Node, out *strings.Builder) {
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			out.WriteString(c.Data)
		case c.Type != html.ElementNode || isHidden(c.Data):
		case c.Data == "br":
			out.WriteByte('\n')
		default:
			listingText(c, out)
		}
	}
}

// language finds the language of a listing in the usual places: the classes and data attributes of pre,
// of what is around it, and of the code in it.
func language(n *html.Node) string {
	for _, at := range []*html.Node{n, n.Parent} {
		if l := languageOf(at); l != "" {
			return l
		}
	}
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "code" {
			if l := languageOf(c); l != "" {
				return l
			}
		}
	}
	return ""
}

func languageOf(n *html.Node) string {
	if n == nil || n.Data != "code" && n.Data != "pre" && n.Data != "div" {
		return ""
	}
	class, _ := attr(n, "class")
	for word := range strings.FieldsSeq(class) {
		for _, prefix := range []string{"language-", "lang-", "highlight-source-", "brush:"} {
			if l, ok := strings.CutPrefix(word, prefix); ok && l != "" {
				return strings.ToLower(l)
			}
		}
	}
	for _, name := range []string{"data-lang", "data-language"} {
		if l, _ := attr(n, name); strings.TrimSpace(l) != "" {
			return strings.ToLower(strings.Join(strings.Fields(l), "-"))
		}
	}
	return ""
}

func (b *builder) list(n *html.Node) {
	l := &block{kind: list, ordered: n.Data == "ol", level: 1}
	if start, ok := attr(n, "start"); ok && l.ordered {
		if at, err := strconv.Atoi(strings.TrimSpace(start)); err == nil {
			l.level = at
		}
	}
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.ElementNode && c.Data == "li":
			l.kids = append(l.kids, b.item(c))
		case c.Type == html.TextNode && strings.IndexFunc(c.Data, notBlank) < 0:
		default: // What stands between items belongs to the one before it.
			kids := b.one(c)
			if len(kids) == 0 {
				continue
			}
			if len(l.kids) == 0 {
				l.kids = append(l.kids, &block{kind: item})
			}
			last := l.kids[len(l.kids)-1]
			last.kids = append(last.kids, kids...)
		}
	}
	if len(l.kids) == 0 {
		return
	}
	l.settle()
	b.add(b.at(n, l, l.kids))
}

// settle finds out whether a list is loose: one of its paragraphs is a p, and Markdown can say so, or
// something in its items needs blank lines around it.
func (k *block) settle() {
	room, apart := len(k.kids) > 1, false
	for _, it := range k.kids {
		room = room || len(it.kids) > 1
		for i, p := range it.kids {
			apart = apart || p.kind == paragraph && p.apart
			k.loose = k.loose || p.needsBlank() || i > 0 && parts(it.kids[i-1], p)
		}
	}
	k.loose = k.loose || apart && room
}

// needsBlank tells whether blank lines stand in the block when it is written.
func (k *block) needsBlank() bool {
	switch k.kind {
	case figure, details, definitions, caption, summary:
		return true
	case table:
		return !k.isGFM()
	}
	return false
}

// parts tells whether nothing but a blank line parts two blocks.
func parts(a, b *block) bool {
	switch b.kind {
	case paragraph:
		return a.kind == paragraph || a.kind == quote || a.kind == list || a.kind == table
	case list:
		return a.kind == list || a.kind == paragraph && b.ordered && b.level != 1
	case quote:
		return a.kind == quote || a.kind == list
	case table:
		return a.kind == paragraph || a.kind == table || a.kind == list || a.kind == quote
	}
	return false
}

// one gives the blocks of a single node.
func (b *builder) one(n *html.Node) []*block {
	out, segs, was := b.out, b.segs, b.apart
	b.out, b.segs, b.apart = nil, nil, false
	b.node(n)
	b.flush()
	kids := b.out
	b.out, b.segs, b.apart = out, segs, was
	return kids
}

func (b *builder) item(n *html.Node) *block {
	k := &block{kind: item, check: task(n)}
	return b.at(n, k, b.inside(n, false))
}

// task tells whether an item begins with a box: ' ' or 'x', and 0 without one.
func task(n *html.Node) byte {
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode && strings.IndexFunc(c.Data, notBlank) < 0:
			continue
		case c.Type != html.ElementNode:
			return 0
		case c.Data == "p", c.Data == "label", c.Data == "span":
			return task(c)
		case c.Data == "input":
			if kind, _ := attr(c, "type"); !strings.EqualFold(kind, "checkbox") {
				return 0
			}
			if _, checked := attr(c, "checked"); checked {
				return 'x'
			}
			return ' '
		}
		return 0
	}
	return 0
}

func (b *builder) definitions(n *html.Node) {
	d := &block{kind: definitions}
	b.entries(n, d)
	if len(d.kids) > 0 {
		b.add(b.at(n, d, d.kids))
	}
}

func (b *builder) entries(n *html.Node, d *block) {
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.ElementNode && c.Data == "dt":
			d.kids = append(d.kids, b.at(c, &block{kind: term}, b.inside(c, false)))
		case c.Type == html.ElementNode && c.Data == "dd":
			d.kids = append(d.kids, b.at(c, &block{kind: definition}, b.inside(c, false)))
		case c.Type == html.ElementNode && !isHidden(c.Data):
			b.entries(c, d)
		}
	}
}

// figure reads a figure with a caption; without one it is nothing but what is in it.
func (b *builder) figure(n *html.Node) {
	kids := b.inside(n, false)
	if slices.ContainsFunc(kids, func(k *block) bool { return k.kind == caption }) {
		b.add(b.at(n, &block{kind: figure}, kids))
		return
	}
	b.flush()
	b.out = append(b.out, kids...)
}

// markOf is the mark of an element, or 0.
func markOf(name string) marks {
	switch name {
	case "b":
		return strong
	case "i":
		return emphasis
	case "s", "strike":
		return deleted
	case "tt":
		return code
	}
	for i, tag := range markTags {
		if tag == name {
			return 1 << i
		}
	}
	return 0
}

// isHidden tells whether browsers show nothing of an element.
func isHidden(name string) bool {
	switch name {
	case "script", "style", "template", "title", "meta", "link", "base", "head",
		"select", "datalist", "textarea", "input", "wbr", "source", "track", "param":
		return true
	}
	return false
}

// isBlock tells whether an element that is nothing itself stands on lines of its own.
func isBlock(name string) bool {
	switch name {
	case "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "center", "address", "form",
		"fieldset", "hgroup", "body", "html", "legend", "search", "dialog", "caption", "li", "dt", "dd", "tr", "figure", "figcaption",
		"h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote", "ul", "ol", "menu", "dir", "dl", "table", "details", "summary", "td", "th":
		return true
	}
	return false
}
