package rules

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var badBytes = lint.Rule{
	Code: "FM026", Name: "bad-bytes", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `The article holds a character that no text has.

Control characters come from terminals and broken copies: YAML and TOML refuse them, browsers show a box or nothing,
and feeds break. U+FFFD in front matter stands where a program could not decode what was there: the text is lost,
and has to be fetched anew, often in the encoding GB18030 or Windows-1252.`,
	Bad:  "---\ntitle: The rain\a\n---\nIt rained.\n",
	Good: "---\ntitle: The rain\n---\nIt rained.\n",
	New:  func() lint.Checker { return badCharacters{} },
}

type badCharacters struct{}

const replacement = "\uFFFD"

func (badCharacters) Check(p *lint.Pass) {
	matterFault{kind: matter.BadByte}.Check(p)
	m := p.Matter()
	raw := m.Raw.Of(m.Text)
	for at := bytes.Index(raw, []byte(replacement)); at >= 0; {
		n := len(replacement)
		for bytes.HasPrefix(raw[at+n:], []byte(replacement)) {
			n += len(replacement)
		}
		start := m.Raw.Start + at
		p.Report(pipeline.Span{Start: start, End: start + n}, "%s could not be decoded when the text was made; look for the text in its first encoding",
			plural(n/len(replacement), "character"))
		next := bytes.Index(raw[at+n:], []byte(replacement))
		if next < 0 {
			break
		}
		at += n + next
	}
	checkControls(p, m.Text, m.Body.Start)
}

// maxControls bounds how many places with control characters are reported: what has more is no text.
const maxControls = 100

// checkControls looks for control characters, those apart that are white space, in a text from an offset on.
func checkControls(p *lint.Pass, text []byte, at int) {
	for most := maxControls; most > 0; {
		if at += withoutControls(text[at:]); at == len(text) {
			return
		}
		start := at
		for at < len(text) && isControl(text[at]) {
			at++
		}
		most--
		message := fmt.Sprintf("the control character U+%04X", text[start])
		if n := at - start; n > 1 {
			message = fmt.Sprintf("%d control characters, the first U+%04X", n, text[start])
		}
		p.Report(pipeline.Span{Start: start, End: at}, "%s", message)
	}
}

// withoutControls is how many bytes stand before the first control character. It looks at sixteen at once: all
// text of all articles goes through here.
func withoutControls(text []byte) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	at := 0
	for ; at+16 <= len(text); at += 16 {
		one, two := binary.LittleEndian.Uint64(text[at:]), binary.LittleEndian.Uint64(text[at+8:])
		below := (one-' '*ones)&^one | (two-' '*ones)&^two
		one, two = one^0x7F*ones, two^0x7F*ones
		if (below|(one-ones)&^one|(two-ones)&^two)&tops == 0 {
			continue // None is below a space, and none is U+007F.
		}
		for i := range 16 {
			if isControl(text[at+i]) {
				return at + i
			}
		}
	}
	for at < len(text) && !isControl(text[at]) {
		at++
	}
	return at
}

func isControl(c byte) bool { return c < ' ' && (c < '\t' || c > '\r') || c == 0x7F }
