package markup

import (
	"bytes"
	"fmt"
)

// Render gives the HTML of a Markdown body: CommonMark, GFM and footnotes, headings with ids, raw HTML
// kept as it is. A BOM is skipped. The error is a LimitError.
func Render(body []byte) ([]byte, error) {
	body = trimBOM(body)
	if err := checkMarkdown(body); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := markdown().Convert(body, &out); err != nil {
		return nil, fmt.Errorf("render Markdown: %w", err)
	}
	return out.Bytes(), nil
}
