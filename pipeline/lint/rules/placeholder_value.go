package rules

import (
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

var placeholderValue = lint.Rule{
	Code: "MT015", Name: "placeholder-value", Group: metadata, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A value of the front matter, or the address of a picture, was never filled in.

A program that had nothing to write wrote undefined, Invalid Date or [object Object], as a value or at the end of
an address, put a random picture in place of one, or a person left TODO: readers see it as it is.`,
	Bad:  "---\ntitle: Rain\ndate: Invalid Date\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22\n---\nIt rained.\n",
	New:  func() lint.Checker { return placeholders{} },
}

type placeholders struct{}

func (placeholders) Check(p *lint.Pass) {
	for n := range p.Matter().Root.All() {
		if n.Kind == matter.String && isPlaceholder(n.Value) {
			p.Report(n.Span, "%.200q stands for a value that is not there", n.Value)
		}
	}
	for _, m := range p.Images() {
		if endsInNothing(m.URL) {
			p.Report(m.URLSpan, "the address of this picture ends in a value that is not there")
		}
	}
}

func isPlaceholder(value string) bool {
	if len(value) > 2000 {
		return false
	}
	switch strings.TrimSpace(value) {
	case "TODO", "FIXME", "TBD", "undefined", "Invalid Date", "Invalid date", "[object Object]", "NaN":
		return true
	}
	host, ok := markup.RemoteHost(value)
	return ok && slices.Contains(placeholderHosts, strings.TrimPrefix(strings.ToLower(host), "www.")) || endsInNothing(value)
}

// placeholderHosts serve any picture for any address.
var placeholderHosts = strings.Fields(`picsum.photos via.placeholder.com placehold.co placehold.it placekitten.com
	placeimg.com dummyimage.com loremflickr.com lorempixel.com fakeimg.pl`)

// endsInNothing tells whether a program wrote the name of a missing value at the end of an address.
// The manuals of JavaScript have pages that are called so.
func endsInNothing(url string) bool {
	address, _, _ := strings.Cut(url, "#")
	for _, nothing := range []string{"/undefined", "/[object Object]", "/[object%20Object]", "/%5Bobject%20Object%5D", "/NaN"} {
		if strings.HasSuffix(address, nothing) {
			_, remote := markup.RemoteHost(url)
			return remote && !strings.Contains(url, "/Global_Objects/")
		}
	}
	return false
}
