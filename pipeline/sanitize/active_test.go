package sanitize

import (
	"os"
	"reflect"
	"testing"

	"copydesk/pipeline"
	"copydesk/testdata/hostile"
)

// TestActive holds that a look at the tags misses nothing: what is active is the same with it and without.
func TestActive(t *testing.T) {
	bodies := []string{
		"<p>text</p>", "<p onclick=x>a</p>", `<a href="java&#x0A;script:x">a</a>`, "</p onclick=x>", "<script>x", "<img src=data:x", "[a](javascript:x)", "![a](data:x)",
		"<javascript:x>", "a <b\n\nonclick=x>", "<!-- <script> -->", "[a]: vbscript:x\n\n[a]", "`<script>`", "<div\n\nonclick=x>", "<iframe src=https://example.org>",
	}
	bodies = append(bodies, hostile.Payloads(t)...)
	if os.Getenv("COPYDESK_CORPUS") != "all" && len(bodies) > 1500 {
		bodies = bodies[:1500]
	}
	p, _ := Named("article")
	for _, format := range []pipeline.Format{pipeline.HTML, pipeline.Markdown} {
		for _, body := range bodies {
			d := pipeline.NewDocument("a", "a", []byte(body))
			d.Format = format
			var want []Removal
			for _, r := range p.Removed(d) {
				if r.Code <= dataURL.code {
					want = append(want, r)
				}
			}
			if got := p.Active(d); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %q: %v, want %v", format, body, got, want)
			}
		}
	}
}
