package markup

import (
	"bytes"
	"fmt"
)

// Render gives the HTML of a Markdown body: CommonMark, GFM and footnotes, headings with ids, raw HTML
// kept as it is. A BOM is skipped. Emphasis, links, tables and footnotes beyond the limits stay text (the
// Err of a Body says so); where blocks or the output are beyond them, the error is a LimitError.
func Render(body []byte) ([]byte, error) {
	source := trimBOM(body)
	if err := checkMarkdown(source); err != nil {
		return nil, err
	}
	out := output{room: max(minOutput, outputPerInput*len(body))}
	m := markdown()
	if err := m.Renderer().Render(&out, source, newParse(source).run(m)); err != nil {
		return nil, fmt.Errorf("render Markdown: %w", err)
	}
	return out.Bytes(), nil
}

// An output is a buffer with a limit.
type output struct {
	bytes.Buffer
	room int
}

// Write implements io.Writer; the error is a LimitError.
func (o *output) Write(p []byte) (int, error) {
	if o.Len()+len(p) > o.room {
		return 0, &LimitError{"bytes of HTML", o.room, 0}
	}
	return o.Buffer.Write(p)
}
