package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var secretInURL = lint.Rule{
	Code: "SE010", Name: "secret-in-url", Group: security, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A URL carries what gives access to something.

Whoever reads the article can use the token or the signature until it runs out. Revoke it;
taking it out of the text does not help against those who have read it.`,
	Bad:  "[my files](https://example.com/files?access_token=c3VwZXJzZWNyZXQ0Mg)\n",
	Good: "[my files](https://example.com/files)\n",
	New:  func() lint.Checker { return secrets{} },
}

type secrets struct{}

func (secrets) Check(p *lint.Pass) {
	for _, l := range p.Links() {
		checkSecret(p, l.URL, l.URLSpan)
	}
	for _, m := range p.Images() {
		checkSecret(p, m.URL, m.URLSpan)
	}
	for n := range p.Matter().Root.All() {
		if n.Kind == matter.String {
			checkSecret(p, n.Value, n.Span)
		}
	}
}

// leastSecret is the length of the shortest value that is taken for a secret: examples are shorter.
const leastSecret = 16

func checkSecret(p *lint.Pass, url string, at pipeline.Span) {
	if strings.IndexByte(url, '=') < 0 { // Most have no query.
		return
	}
	_, rest, ok := strings.Cut(url, "://")
	i := strings.IndexAny(rest, "?#")
	if !ok || i < 0 {
		return
	}
	for part := range strings.FieldsFuncSeq(rest[i:], func(r rune) bool { return strings.ContainsRune("?#&;", r) }) {
		name, value, _ := strings.Cut(part, "=")
		switch strings.ToLower(name) {
		case "id_token", "access_token", "refresh_token", "x-amz-signature", "x-amz-security-token", "client_secret":
			if len(value) >= leastSecret && !strings.ContainsAny(value, "{}<>[]… *") {
				p.Report(at, "the URL has %s with a value of %d characters", name, len(value))
				return
			}
		}
	}
}
