// Package plain writes the text of a body as a reader sees it.
package plain

import (
	"fmt"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// The output is at most the larger of these: some bytes, or a multiple of the body.
const (
	minOutput      = 16 << 20
	outputPerInput = 16
)

// Of is the plain text of a document's body. A blank line stands between blocks; items of lists have their
// marks, quoted lines "> ", code is as it is, cells of a table are separated by tabs, links are their text, and
// pictures their alternative. Lines that the source breaks are joined, Chinese and Japanese ones without a
// space. Markdown is rendered first, so that raw HTML in it is text as well. The text ends with a line feed
// unless it is empty. The error is a markup.LimitError.
func Of(d *pipeline.Document) ([]byte, error) {
	body := d.Body().Of(d.Text)
	root, err := seen(d, body)
	if err != nil {
		return nil, err
	}
	w := writer{room: max(minOutput, outputPerInput*len(body))}
	w.blocks(root.Children, false)
	if w.full {
		return nil, &markup.LimitError{Limit: "bytes of text", Value: w.room}
	}
	return w.out, nil
}

// seen is the tree of the body as HTML.
func seen(d *pipeline.Document, body []byte) (*markup.Node, error) {
	if d.BodyFormat() == pipeline.HTML {
		return markup.Nodes(d)
	}
	shown, err := markup.Render(body)
	if err != nil {
		return nil, err
	}
	root, err := markup.ReadNodes(shown, pipeline.HTML)
	if err != nil {
		return nil, fmt.Errorf("read the rendered Markdown: %w", err)
	}
	return root, nil
}
