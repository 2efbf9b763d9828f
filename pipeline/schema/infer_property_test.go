package schema_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"
)

// A maker makes the articles of a site: front matter that is odd and yet can be read. They have their keys
// and scalars from a few only, so that these repeat.
type maker struct {
	*rand.Rand
	scalars map[matter.Format][]string
	keys    map[matter.Format][]string
	lists   int // how many in ten values are lists
	anchors int // that the article has so far
}

func newMaker(seed uint64) *maker {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 1)), scalars: map[matter.Format][]string{}, keys: map[matter.Format][]string{}}
	scalars := map[matter.Format][]string{matter.YAML: yamlScalars, matter.TOML: tomlScalars, matter.JSON: jsonScalars}
	if m.IntN(3) == 0 {
		words := []string{`"post"`, `"page"`, `""`, `true`, `false`, `"中文"`}
		scalars = map[matter.Format][]string{matter.YAML: append(words, "null"), matter.TOML: words, matter.JSON: append(words, "null")}
	}
	keys := map[matter.Format][]string{matter.YAML: yamlKeys, matter.TOML: tomlKeys, matter.JSON: jsonKeys}
	for _, format := range formats {
		for range 1 + m.IntN(6) {
			m.scalars[format] = append(m.scalars[format], pick(m, scalars[format]))
		}
		for range 1 + m.IntN(8) {
			m.keys[format] = append(m.keys[format], pick(m, keys[format]))
		}
	}
	m.lists = m.IntN(6)
	return m
}

func pick[T any](m *maker, list []T) T { return list[m.IntN(len(list))] }

var (
	formats = []matter.Format{matter.YAML, matter.TOML, matter.JSON}

	yamlScalars = strings.Split(`~|null||true|False|yes|off|12|-0|+7|012|0o17|0x1F|1_000|1:30|1.5|-.5|1e3|1e99999|.inf|-.INF|.nan|`+
		`2022-07-22|2022-7-2|2022-07-22 10:00:00|2022-07-22T10:00:00Z|2022-07-22 10:00:00 +8|Fri, 22 Jul 2022 22:48:17 GMT|`+
		`post|page|''|"a\tb"|"\u2028"|中文|🎉|https://example.org/a|https://中文.example/路|editor@example.org|"10:00:00Z"|`+
		`f81d4fae-7dec-11d0-a765-00a0c91e6bf6|a text of more than four words|!!str 12|!!float 3|!x y|!!binary aGk=`, "|")
	tomlScalars = strings.Split(`true|false|12|-0|+7|0o17|0x1F|0b11|1_000|1.5|1e3|inf|-inf|nan|2022-07-22|2022-07-22 10:00:00|`+
		`2022-07-22T10:00|2022-07-22T10:00:00Z|2022-07-22 10:00:00+08:00|10:00:00|10:00|"post"|'page'|""|"中文"|"\u2028"|"https://example.org/"`, "|")
	jsonScalars = strings.Split(`null|true|false|0|-0|12|1.0|1e3|1E400|-1e-400|1e99999|`+strings.Repeat("9", 1100)+
		`|""|"post"|"page"|"中文"|"\u0000"|"\ud83c\udf89"|"2022-07-22"|"2022-07-22T10:00:00Z"|"editor@example.org"`, "|")
	yamlKeys = strings.Split(`title|date|tags|a b|"a: b"|'~x/y'|~|12|true|""|中文|$ref|$schema|<<|"\u2028"`, "|")
	tomlKeys = strings.Split(`title|date|tags|"a b"|"~x/y"|12|""|"中文"|"$ref"|'"'`, "|")
	jsonKeys = strings.Split(`"title"|"date"|"tags"|"a b"|"~x/y"|""|"中文"|"$ref"|"\u0000"`, "|")
)

// flow writes a value in brackets and braces, which the three syntaxes have in common but for the sign
// between key and value.
func (m *maker) flow(scalars, keys []string, sign string, depth int) string {
	var parts []string
	switch n := m.IntN(10); {
	case n < m.lists && depth > 0:
		for range m.IntN(4) {
			parts = append(parts, m.flow(scalars, keys, sign, depth-1))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case n == 9 && depth > 0:
		seen := map[string]bool{}
		for range m.IntN(4) {
			if key := pick(m, keys); !seen[key] || sign == ": " { // TOML has no key twice.
				seen[key] = true
				parts = append(parts, key+sign+m.flow(scalars, keys, sign, depth-1))
			}
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return pick(m, scalars)
}

// article makes an article.
func (m *maker) article(format matter.Format) string {
	var b strings.Builder
	keys, scalars := m.keys[format], m.scalars[format]
	seen := map[string]bool{}
	m.anchors = 0
	for range m.IntN(7) {
		key := pick(m, keys)
		if seen[key] && format == matter.TOML {
			continue
		}
		seen[key] = true
		switch format {
		case matter.YAML:
			m.yamlEntry(&b, key, scalars)
		case matter.TOML:
			fmt.Fprintf(&b, "%s = %s\n", key, m.flow(scalars, keys, " = ", 3))
		default:
			if b.Len() > 0 {
				b.WriteString(",\n")
			}
			fmt.Fprintf(&b, "%s: %s", key, m.flow(scalars, keys, ": ", 3))
		}
	}
	switch format {
	case matter.YAML:
		return "---\n" + b.String() + "---\n"
	case matter.TOML:
		return "+++\n" + b.String() + "+++\n"
	}
	return "{\n" + b.String() + "\n}\n\n"
}

func (m *maker) yamlEntry(b *strings.Builder, key string, scalars []string) {
	switch m.IntN(6) {
	case 0:
		m.anchors++
		fmt.Fprintf(b, "%s: &a%d\n  - %s\n", key, m.anchors, pick(m, scalars))
	case 1:
		if m.anchors > 0 {
			fmt.Fprintf(b, "%s: *a%d\n", key, 1+m.IntN(m.anchors))
		}
	case 2:
		fmt.Fprintf(b, "%s: |\n  two\n  lines\n", key)
	default:
		quoted := make([]string, 0, len(scalars))
		for _, s := range scalars {
			if !strings.ContainsAny(s, ",:[]{}") && s != "" {
				quoted = append(quoted, s)
			}
		}
		if len(quoted) == 0 || m.IntN(2) == 0 {
			fmt.Fprintf(b, "%s: %s\n", key, pick(m, scalars))
			return
		}
		fmt.Fprintf(b, "%s: %s\n", key, m.flow(quoted, m.keys[matter.YAML], ": ", 3))
	}
}

// TestInferProperty holds articles that chance makes to the schemas that are inferred from them.
func TestInferProperty(t *testing.T) {
	learned, made := map[matter.Format]int{}, 0
	sites := 200
	if testing.Short() {
		sites = 40
	}
	for seed := range uint64(sites) {
		m := newMaker(seed)
		var in schema.Inference
		var list []article
		for i := range 1 + m.IntN(80) {
			format := pick(m, formats[:1+seed%3])
			text := m.article(format)
			made++
			a := article{fmt.Sprintf("site %d, article %d:\n%s", seed, i, text), matter.Read([]byte(text))}
			if in.Add(a.Matter) {
				learned[a.Format]++
				list = append(list, a)
			}
		}
		for _, o := range inferOptions {
			checkAccepts(t, in.Schema(o), list)
		}
		if t.Failed() {
			t.Fatalf("%s", in.Schema(inferOptions[0]))
		}
	}
	for _, f := range formats {
		if learned[f] < made/20 {
			t.Errorf("only %d of %d articles with %s could be read", learned[f], made, f)
		}
	}
}

// FuzzInfer holds an article, ten times over, to the schemas that are inferred from it.
func FuzzInfer(f *testing.F) {
	for seed := range uint64(20) {
		f.Add([]byte(newMaker(seed).article(formats[seed%3])))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var in schema.Inference
		a := article{"a.md", matter.Read(text)}
		for range 10 {
			if !in.Add(a.Matter) {
				return
			}
		}
		for _, o := range inferOptions {
			checkAccepts(t, in.Schema(o), []article{a})
		}
	})
}
