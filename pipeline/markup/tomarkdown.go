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
)

// toMarkdown writes Markdown. It is safe for concurrent use.
var toMarkdown = sync.OnceValue(func() *converter.Converter {
	return converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(),
		strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(table.WithHeaderPromotion(true)),
	))
})

// ToMarkdown gives the Markdown of an HTML body.
func ToMarkdown(body []byte) ([]byte, error) {
	out, err := toMarkdown().ConvertReader(bytes.NewReader(trimBOM(body)))
	if err != nil {
		return nil, fmt.Errorf("write Markdown: %w", err)
	}
	return append(out, '\n'), nil
}
