package schema

import (
	"copydesk/pipeline/matter"
)

// samples are examples of the formats that are asserted, by name, with what a message calls them.
var samples = map[string]struct{ name, example string }{
	"date-time":             {"a date-time", "2022-07-22T22:48:17Z"},
	"date":                  {"a date", "2022-07-22"},
	"time":                  {"a time with a zone", "22:48:17Z"},
	"duration":              {"a duration", "P3DT12H"},
	"period":                {"a period", "2022-07-22T22:48:17Z/P1D"},
	"email":                 {"an e-mail address", "editor@example.org"},
	"idn-email":             {"an e-mail address", "editor@example.org"},
	"hostname":              {"a host name", "www.example.org"},
	"idn-hostname":          {"a host name", "www.example.org"},
	"ipv4":                  {"an IPv4 address", "192.0.2.1"},
	"ipv6":                  {"an IPv6 address", "2001:db8::1"},
	"uri":                   {"a URL with its scheme", "https://example.org/a"},
	"iri":                   {"a URL with its scheme", "https://example.org/a"},
	"uri-reference":         {"a URL or a path", "/posts/a"},
	"iri-reference":         {"a URL or a path", "/posts/a"},
	"uri-template":          {"a URI template", "https://example.org/{slug}"},
	"uuid":                  {"a UUID", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"},
	"json-pointer":          {"a JSON pointer", "/authors/0"},
	"relative-json-pointer": {"a relative JSON pointer", "1/authors"},
	"semver":                {"a version", "1.2.3"},
}

// expectedFormat says what a format wants, and gives an example: what the text itself would be, where it is
// a date in another form.
func expectedFormat(format, text string) string {
	if format == "regex" {
		if _, err := compilePattern(text); err != nil {
			return "a regular expression: " + err.Error()
		}
		return "a regular expression"
	}
	s, ok := samples[format]
	if !ok {
		return "the format " + format
	}
	if d, ok := matter.ReadDate(text); ok && !d.Time.IsZero() && d.Doubt == "" && len(d.Readings) < 2 {
		switch {
		case format == "date-time" && d.Zoned:
			return s.name + ": " + d.Time.Format("2006-01-02T15:04:05Z07:00")
		case format == "date":
			return s.name + ": " + d.Time.Format("2006-01-02")
		}
	}
	return s.name + " such as " + s.example
}
