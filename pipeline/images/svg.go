package images

import (
	"bytes"
	"errors"
	"regexp"
	"sync"
	"unicode/utf8"
)

var activePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)<!entity|<([\w.-]+:)?(script|foreignobject|iframe|object|embed|handler|listener)[\s/>]|` +
		`[\s"'/]on[a-z]+\s*=\s*["']|(java|vb)script\s*:`)
})

// What is wrong with an SVG.
var (
	errActive  = errors.New("it is an SVG that holds active content")
	errSVGName = errors.New("it is an SVG under the name of another format, which browsers don't show")
)

// activeSVG says whether an SVG may do more than show a picture. It is meant to refuse too much:
// what it lets pass is still only referred to, never put into a page.
func activeSVG(data []byte) error {
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 || activePattern().Match(data) {
		return errActive
	}
	return nil
}
