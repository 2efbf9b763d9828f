package markup

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// Tree parses an HTML body as browsers without scripts do, and makes it one that can be walked and written
// again: elements nested deeper than 256 are flattened, NUL is U+FFFD, the spans of cells are clamped. The error
// is a LimitError where 100,000 cells must be filled in to make tables whole, for too many elements, and for
// many lines in deep quotes.
func Tree(body []byte) (*html.Node, error) {
	if doc, tables := quickly(trimBOM(body)); doc != nil && (!tables || clampSpans(doc) < 0) {
		return doc, nil
	}
	return carefully(body)
}

// carefully is Tree for any HTML.
func carefully(body []byte) (*html.Node, error) {
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
	return doc, nil
}

// EscapeURL percent-encodes a URL as Render does: what is encoded stays so.
func EscapeURL(url string) string {
	for i := range len(url) {
		if !isURLByte[url[i]] {
			return string(util.URLEscape([]byte(url), false))
		}
	}
	return url
}

// isURLByte has the bytes that need not be encoded.
var isURLByte = func() (is [256]bool) {
	for c := range is {
		is[c] = isAlnum(byte(c)) || strings.IndexByte("-._~:/?#@!$&'()*+,;=", byte(c)) >= 0
	}
	return is
}()
