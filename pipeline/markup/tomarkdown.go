package markup

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
)

// htmlConverter writes CommonMark with the tables and the strikethrough of GFM. It is safe for
// concurrent use.
var htmlConverter = sync.OnceValue(func() *converter.Converter {
	return converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(),
		strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(
			table.WithHeaderPromotion(true),
			// Padding all cells of a column to the longest could take gigabytes.
			table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal),
		),
	))
})

// ToMarkdown gives the Markdown of an HTML body, as browsers without scripts show it: elements nested
// deeper than 256 are flattened, and NUL is written as U+FFFD. The error is a LimitError where
// 100,000 cells must be filled in to make tables whole, for many lines in deep quotes, and for output
// beyond 16 MiB or 16 times the body.
func ToMarkdown(body []byte) ([]byte, error) {
	plain, err := tame(trimBOM(body))
	if err != nil {
		return nil, err
	}
	doc, err := html.ParseWithOptions(bytes.NewReader(plain), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, fmt.Errorf("read HTML: %w", err)
	}
	if n := clampSpans(doc); n >= 0 {
		return nil, &LimitError{"cells of tables", maxCells, nthTable(body, n)}
	}
	out, err := htmlConverter().ConvertNode(doc)
	if err != nil {
		return nil, fmt.Errorf("write Markdown: %w", err)
	}
	if limit := max(minOutput, outputPerInput*len(body)); len(out) > limit {
		return nil, &LimitError{"bytes of Markdown", limit, 0}
	}
	if out = bytes.TrimSpace(out); len(out) == 0 {
		return nil, nil
	}
	return append(out, '\n'), nil
}
