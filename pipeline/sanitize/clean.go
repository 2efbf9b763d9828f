package sanitize

import (
	"bytes"
	"fmt"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// maxRounds is how often a body is cleaned until nothing changes any more.
const maxRounds = 4

// An outcome is what a policy makes of a document's body.
type outcome struct {
	edits   []pipeline.Edit // of the document's Text, sorted
	removed []Removal
	tags    bool // the edits leave all tags, text and remarks as they are, but for attributes
	err     error
}

// Removed tells what the policy would take from the document's body, in source order.
func (p *Policy) Removed(d *pipeline.Document) []Removal { return p.reading.Of(d).removed }

// Clean returns edits of the document's Text after which its body is safe to publish, balanced and
// stable: cleaning it once more changes nothing. The body of a Markdown document is safe as
// markup.Render shows it. Where edits in place can't reach that, one edit replaces the body by HTML,
// and the last removal has the code SE011; the document's Format is HTML from then on. The edits are
// sorted and don't overlap; removed tells what they take. An error means that nothing was reached.
func (p *Policy) Clean(d *pipeline.Document) (edits []pipeline.Edit, removed []Removal, err error) {
	o := p.reading.Of(d)
	return o.edits, o.removed, o.err
}

// KeepsTags tells whether the edits that Clean returns change no more than the attributes of start tags: what is
// found without looking at those, such as the format of a body, is the same afterwards.
func (p *Policy) KeepsTags(d *pipeline.Document) bool { return p.reading.Of(d).tags }

// read is the reading of a document under the policy.
func (p *Policy) read(d *pipeline.Document) outcome {
	body := d.Body()
	var found cleaned
	var err error
	if markup.FormatOf(d) == pipeline.Markdown {
		found, err = p.cleanMarkdown(markup.Of(d))
	} else {
		found, err = p.cleanHTML(body.Of(d.Text))
	}
	if err != nil {
		return outcome{removed: shift(found.removed, body.Start), err: err}
	}
	for i := range found.edits {
		found.edits[i].Start += body.Start
		found.edits[i].End += body.Start
	}
	return outcome{edits: found.edits, removed: shift(found.removed, body.Start), tags: found.tags}
}

func shift(removed []Removal, n int) []Removal {
	for i := range removed {
		removed[i].Span = removed[i].Span.Shift(n)
	}
	return removed
}

// cleaned is a body that was cleaned; offsets count from the body's first byte.
type cleaned struct {
	edits    []pipeline.Edit
	removed  []Removal
	result   []byte
	tags     bool       // as in outcome
	approved []approval // of start tags with attributes in the result, in order
}

// An approval is a start tag in a cleaned body that bluemonday has kept: the bytes of one that stayed as it
// was, or what bluemonday wrote of one from which it took whole attributes. Of those it would take nothing
// more, since it looks at each attribute by itself.
type approval struct {
	tag   []byte
	wrote string
}

// cleanHTML cleans HTML. Its result has passed verify.
func (p *Policy) cleanHTML(body []byte) (cleaned, error) {
	first, err := p.pass(body, fragment)
	if err != nil {
		return first, err
	}
	result, approved := first.result, first.approved
	for round := 1; ; round++ {
		fault := p.verify(result, approved)
		if fault == nil {
			break
		}
		if round == maxRounds {
			return first, fmt.Errorf("the body does not come to rest after %d rounds: %w", maxRounds, fault)
		}
		again, err := p.pass(result, fragment)
		if err != nil {
			return first, err
		}
		result, approved = again.result, again.approved
		first.edits, first.tags = nil, false
	}
	if first.edits == nil && !bytes.Equal(result, body) {
		first.edits = []pipeline.Edit{whole(body, result)}
		first.removed = append(first.removed, bodyRewritten.removal(pipeline.Span{}, "body", "it was rewritten, since its parts changed each other"))
	}
	first.result = result
	return first, nil
}

// pass cleans HTML once.
func (p *Policy) pass(body []byte, m mode) (cleaned, error) {
	c, err := p.run(body, m)
	if err != nil {
		return cleaned{}, err
	}
	out := cleaned{removed: c.lost.all(), result: body, approved: c.approved}
	if c.doneTo > 0 || len(c.edits) > maxEdits {
		out.result, err = c.result(len(body))
		out.edits = []pipeline.Edit{whole(body, out.result)}
		return out, err
	}
	out.tags = c.inTags == len(c.edits)
	if len(c.edits) == 0 {
		return out, nil
	}
	if out.edits, err = pipeline.SortEdits(c.edits, len(body)); err != nil {
		return out, err
	}
	out.result = pipeline.ApplyEdits(body, out.edits)
	return out, nil
}

// maxEdits bounds the edits of one body; more of them are made on the way, and become one.
const maxEdits = 100_000

// whole is one edit that turns a body into another.
func whole(from, to []byte) pipeline.Edit {
	start := 0
	for start < len(from) && start < len(to) && from[start] == to[start] {
		start++
	}
	end := 0
	for end < len(from)-start && end < len(to)-start && from[len(from)-1-end] == to[len(to)-1-end] {
		end++
	}
	return pipeline.Edit{Start: start, End: len(from) - end, Text: string(to[start : len(to)-end])}
}
