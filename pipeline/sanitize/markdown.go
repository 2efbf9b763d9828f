package sanitize

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// cleanMarkdown cleans a Markdown body. What it renders to decides: where the policy changes nothing in
// that, the Markdown stands. Else its raw HTML and the targets of its links and pictures are cleaned in
// place; and where that is not enough, the body becomes the HTML, cleaned.
func (p *Policy) cleanMarkdown(b *markup.Body) (cleaned, error) {
	body := b.Span.Of(b.Text)
	shown, err := b.Render()
	if err != nil {
		return cleaned{}, err
	}
	_, fault, err := p.judge(shown)
	if err == nil && fault == nil {
		fault, err = p.judgeRaw(b)
	}
	if err != nil || fault == nil {
		return cleaned{result: body}, err
	}
	d := pipeline.NewDocument("", "", body)
	d.Format = pipeline.Markdown
	var removed []Removal
	told := map[Removal]bool{}                    // What can't be done in place is found in each round.
	for round := 1; round <= maxRounds; round++ { // What is deleted can make Markdown of what stood in HTML.
		if round > 1 {
			b = markup.Of(d)
		}
		out, err := p.inPlace(b)
		if err != nil {
			return out, err
		}
		ok, err := p.settles(&out, b)
		if err != nil {
			return out, err
		}
		for _, r := range out.removed {
			r.Span, _ = d.ToSource(r.Span)
			if !told[r] {
				removed = append(removed, r)
			}
			told[r] = true
		}
		if err := d.Apply(out.edits...); err != nil {
			return out, err
		}
		if ok {
			if round > 1 {
				out.edits = []pipeline.Edit{whole(body, d.Text)}
			}
			slices.SortStableFunc(removed, func(a, b Removal) int { return a.Span.Start - b.Span.Start })
			return cleaned{edits: out.edits, removed: removed, result: d.Text}, nil
		}
		if len(out.edits) == 0 {
			break
		}
	}
	return p.rewritten(body, shown, removed)
}

// settles tells whether a body that was cleaned in place renders to HTML in which the policy changes
// nothing. End tags that end nothing are tried without: they are known by the fact that what is shown
// stays the same.
func (p *Policy) settles(out *cleaned, b *markup.Body) (bool, error) {
	shown, err := markup.Render(out.result)
	if err != nil {
		return false, nil
	}
	found, fault, err := p.judge(shown)
	if err != nil || fault == nil {
		return fault == nil, err
	}
	body := b.Span.Of(b.Text)
	strays := strayEndTags(b, found.removed)
	edits, err := pipeline.SortEdits(slices.Concat(out.edits, strays), len(body))
	if len(strays) == 0 || err != nil {
		return false, nil
	}
	result := pipeline.ApplyEdits(body, edits)
	without, err := markup.Render(result)
	if err != nil {
		return false, nil
	}
	if _, fault, err := p.judge(without); err != nil || fault != nil {
		return false, err
	}
	before, err := p.cleanHTML(shown)
	if err != nil || !slices.EqualFunc(shownFields(before.result), shownFields(without), bytes.Equal) {
		return false, err
	}
	for _, e := range strays {
		out.removed = append(out.removed, anythingElse.removal(e.Span(), "end tag of "+strings.Trim(string(body[e.Start:e.End]), "</ >"), "there is nothing that it ends"))
	}
	slices.SortStableFunc(out.removed, func(a, b Removal) int { return a.Span.Start - b.Span.Start })
	out.edits, out.result = edits, result
	return true, nil
}

// shownFields is HTML without blanks and without the empty paragraphs that stray end tags make.
func shownFields(fragment []byte) [][]byte {
	return bytes.Fields(bytes.ReplaceAll(fragment, []byte("<p></p>"), []byte(" ")))
}

// strayEndTags deletes what looks like an end tag, of </p> or of those that removed tells of, and ends
// none of the elements; some of it may be code.
func strayEndTags(b *markup.Body, removed []Removal) []pipeline.Edit {
	body, base := b.Span.Of(b.Text), b.Span.Start
	names := map[string]bool{"p": true}
	for _, r := range removed {
		if name, ok := strings.CutPrefix(r.What, "end tag of "); ok {
			names[name] = true
		}
	}
	ends := map[int]bool{}
	for _, e := range b.Elements {
		// A paragraph that begins after a blank line ends the <p> before it.
		broken := e.Name == "p" && bytes.Contains(b.Text[e.Span.End:max(e.Span.End, e.End.Start)], []byte("\n\n"))
		ends[e.End.Start-base] = e.End.Len() > 0 && !broken
	}
	var out []pipeline.Edit
	for at := 0; ; {
		n := bytes.Index(body[at:], []byte("</"))
		if n < 0 {
			return out
		}
		at += n
		end := at + 2
		for end < len(body) && isLetter(body[end]) {
			end++
		}
		name := strings.ToLower(string(body[at+2 : end]))
		for end < len(body) && isSpace(body[end]) {
			end++
		}
		if end < len(body) && body[end] == '>' && names[name] && !ends[at] {
			out = append(out, pipeline.Edit{Start: at, End: end + 1})
		}
		at = end
	}
}

// judge tells what the policy would change in rendered HTML, apart from what Markdown itself makes;
// fault is nil when that is nothing.
func (p *Policy) judge(shown []byte) (found cleaned, fault, err error) {
	p = p.inMarkdown()
	found, err = p.pass(shown, rendered)
	switch {
	case err != nil:
		return found, nil, err
	case len(found.removed) > 0:
		return found, errors.New(found.removed[0].String()), nil
	case len(found.edits) > 0:
		return found, errors.New("its HTML is changed"), nil
	}
	return found, p.verify(shown, found.approved), nil
}

// judgeRaw tells whether the policy would change anything in the raw HTML of a Markdown body, where that
// is held to more than what Markdown makes.
func (p *Policy) judgeRaw(b *markup.Body) (fault, err error) {
	if p.inMarkdown() == p || len(b.Elements) == 0 {
		return nil, nil
	}
	c, err := p.run(p.rawParts(b), parts)
	if err == nil && len(c.edits) > 0 {
		fault = errors.New("its raw HTML is changed")
	}
	return fault, err
}

// inPlace cleans the raw HTML and the targets in a Markdown body; offsets count from its first byte.
func (p *Policy) inPlace(b *markup.Body) (cleaned, error) {
	body, base := b.Span.Of(b.Text), b.Span.Start
	c, err := p.run(p.rawParts(b), parts)
	if err != nil {
		return cleaned{}, err
	}
	edits, lost := c.edits, c.lost
	seen := map[int]bool{} // A definition is the place of every link that refers to it.
	target := func(tag, url string, place, all pipeline.Span) {
		if place.Len() == 0 || plainURL(url) || seen[place.Start] {
			return
		}
		seen[place.Start] = true
		edit, removed, ok := p.target(tag, url)
		for _, r := range removed {
			lost.add(kind{r.Code, r.Rule, r.Severity}, place.Shift(-base), r.What, r.Why)
		}
		switch {
		case !ok:
		case all.Start+1 == place.Start && b.Text[all.Start] == '<': // <javascript:…>
			edits = append(edits, pipeline.Edit{Start: all.Start - base, End: all.Start - base, Text: `\`})
		default:
			edits = append(edits, pipeline.Edit{Start: place.Start - base, End: place.End - base, Text: edit})
		}
	}
	inLink := linksInside(b)
	for _, l := range b.Links {
		if l.Element >= 0 {
			continue
		}
		target(`<a href="`, l.URL, l.URLSpan, l.Span)
		if l.Span == l.URLSpan && l.Span.Len() > 0 && inLink(l.Span.Start) { // A bare URL in <a>: it is text there.
			if n := bytes.IndexAny(l.Span.Of(b.Text), ":@."); n >= 0 {
				at := l.Span.Start - base + n
				edits = append(edits, pipeline.Edit{Start: at, End: at + 1, Text: fmt.Sprintf("&#%d;", body[at])})
			}
		}
	}
	for _, i := range b.Images {
		if i.Element < 0 {
			target(`<img src="`, i.URL, i.URLSpan, i.Span)
		}
	}
	edits, err = pipeline.SortEdits(edits, len(body))
	if err != nil {
		return cleaned{result: body}, nil // A target in raw HTML: it can not be done in place.
	}
	removed := lost.all()
	slices.SortStableFunc(removed, func(a, b Removal) int { return a.Span.Start - b.Span.Start })
	return cleaned{edits: edits, removed: removed, result: pipeline.ApplyEdits(body, edits)}, nil
}

// linksInside returns a function that tells, for places in ascending order, whether they are inside <a>.
func linksInside(b *markup.Body) func(at int) bool {
	next, end := 0, 0
	return func(at int) bool {
		for ; next < len(b.Elements) && b.Elements[next].Span.Start < at; next++ {
			if e := b.Elements[next]; e.Name == "a" {
				end = e.End.Start
			}
		}
		return at < end
	}
}

// target says what the policy makes of the address in a tag that begins so. ok is false when it stays.
func (p *Policy) target(tag, url string) (clean string, removed []Removal, ok bool) {
	source := tag + escape(url) + `">`
	out, err := p.pass([]byte(source), parts)
	if err != nil || len(out.edits) == 0 {
		return "", nil, false
	}
	if len(out.removed) > 0 {
		return "#", out.removed, true
	}
	clean, _ = cleanURL(url)
	return strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C").Replace(clean), nil, true
}

// rawParts is a body of Markdown with all but its raw HTML blanked: start tags, end tags, and what
// stands between those of script and style, and of an iframe that may stay.
func (p *Policy) rawParts(b *markup.Body) []byte {
	body, base := b.Span.Of(b.Text), b.Span.Start
	out := bytes.Repeat([]byte(" "), len(body))
	show := func(s pipeline.Span) {
		s = s.Shift(-base)
		copy(out[s.Start:s.End], body[s.Start:s.End])
	}
	for _, e := range b.Elements {
		show(e.Span)
		show(e.End)
		if e.Name == "script" || e.Name == "style" || e.Name == "title" || e.Name == "iframe" && p.elements[e.Name] != nil {
			show(pipeline.Span{Start: e.Span.End, End: e.End.Start})
		}
	}
	return out
}

// rewritten replaces a Markdown body by what it renders to, cleaned. It is safe as Markdown too, for
// those who do not look what a body is written in. placed are the removals whose place is known.
func (p *Policy) rewritten(body, shown []byte, placed []Removal) (cleaned, error) {
	out, err := p.cleanHTML(shown)
	if err != nil {
		return out, err
	}
	for _, spell := range p.spellings() {
		result := spell(out.result)
		var again []byte
		if again, err = markup.Render(result); err == nil {
			_, fault, _ := p.judge(again)
			err = fault
		}
		if err == nil {
			out.result = result
			break
		}
	}
	if err != nil {
		return out, err
	}
	told := map[string]int{}
	for _, r := range placed {
		told[r.String()]++
	}
	for _, r := range out.removed { // They count in HTML that the document does not hold.
		if told[r.String()]--; told[r.String()] < 0 {
			r.Span = pipeline.Span{}
			placed = append(placed, r)
		}
	}
	slices.SortStableFunc(placed, func(a, b Removal) int { return a.Span.Start - b.Span.Start })
	out.removed = append(placed, bodyRewritten.removal(pipeline.Span{}, "body", "as Markdown it can't be made safe in place; it is HTML now"))
	out.edits, out.tags = []pipeline.Edit{whole(body, out.result)}, false
	return out, nil
}
