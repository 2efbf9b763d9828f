package sanitize

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"copydesk/testdata/hostile"
)

// shownText is the text that a browser without scripts shows of a tree.
func shownText(n *html.Node, out *strings.Builder) {
	if n.Type == html.TextNode {
		out.WriteString(n.Data)
	}
	if n.Type == html.ElementNode {
		switch n.Data {
		case "script", "style", "title", "template", "iframe", "noembed", "noframes":
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		shownText(c, out)
	}
}

// lostText returns the letters that a browser shows of a body and not of what it became; a parser moves
// text out of tables, so that their order is not looked at. ok is false when the body does not parse.
func lostText(body, result []byte) (lost string, ok bool) {
	count := map[rune]int{}
	for i, fragment := range [][]byte{result, body} {
		root, err := html.ParseWithOptions(strings.NewReader("<!doctype html><body>"+string(fragment)), html.ParseOptionEnableScripting(false))
		if err != nil {
			return "", false
		}
		var text strings.Builder
		shownText(root, &text)
		for _, r := range strings.Join(strings.Fields(text.String()), "") {
			if count[r] += 1 - 2*i; count[r] < 0 && r != '\ufffd' && r != 0 {
				lost += string(r)
			}
		}
	}
	return lost, true
}

// TestNoSilentLoss compares what browsers show of hostile bodies before and after.
func TestNoSilentLoss(t *testing.T) {
	payloads := hostile.Payloads(t)
	if len(payloads) == 0 {
		t.Skip("the corpus is not here")
	}
	p, _ := Named("article")
	for _, payload := range payloads {
		out, err := p.cleanHTML([]byte(payload))
		if err != nil {
			t.Fatal(err)
		}
		if lost, ok := lostText([]byte(payload), out.result); ok && lost != "" {
			t.Errorf("%q becomes %q and loses %q (%v)", payload, out.result, lost, out.removed)
		}
	}
}
