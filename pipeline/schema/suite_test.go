package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/big"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"copydesk/pipeline/matter"
)

// suiteFolder names the folder of the official JSON-Schema-Test-Suite, in which tests and remotes stand.
const suiteFolder = "COPYDESK_SCHEMA_SUITE"

// drafts by the folders of the suite.
var suiteDrafts = map[string]string{
	"draft4": "http://json-schema.org/draft-04/schema#", "draft6": "http://json-schema.org/draft-06/schema#",
	"draft7": "http://json-schema.org/draft-07/schema#", "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
	"draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}

// leftOut are the cases whose verdict is another here, and why: "file" or "file: group" or "file: group: case".
var leftOut = map[string]string{
	"draft2019-09/format.json":                  "formats are asserted here",
	"draft2020-12/format.json":                  "formats are asserted here",
	"optional/content.json":                     "contentEncoding and contentMediaType are no assertions",
	"draft4/optional/zeroTerminatedFloats.json": "1.0 is an integer, as in all later drafts",
	"optional/format.json: validation of URIs: a valid protocol-relative URI":                                   "it is a URI reference; later suites have it so",
	"optional/format/idn-hostname.json":                                                                         "the format is not known",
	"optional/format/hostname.json: validation of A-label (punycode) host names":                                "names in Punycode are not decoded",
	"optional/format/hostname.json: validation of host names: trailing dot":                                     "a host name may end with a dot",
	"optional/format/iri.json: validation of IRIs: an IPvFuture host with an uppercase version letter is valid": "there is no such address yet",
	"optional/format/ecmascript-regex.json: global inline flag groups are not valid ECMA 262":                   "(?i) is understood",
	"optional/format/ecmascript-regex.json: Python-specific regular expression syntax is not valid ECMA 262":    "(?P<name>) is understood",
}

type suiteGroup struct {
	Description string
	Schema      json.RawMessage
	Tests       []struct {
		Description string
		Data        json.RawMessage
		Valid       bool
	}
}

// TestSuite holds the official cases to their verdicts, each in three spellings: JSON, YAML and, under a key, TOML.
func TestSuite(t *testing.T) {
	root := os.Getenv(suiteFolder)
	if root == "" {
		t.Skip("the JSON-Schema-Test-Suite is not here; name its folder by ", suiteFolder)
	}
	total := 0
	for _, draft := range slices.Sorted(maps.Keys(suiteDrafts)) {
		s := suite{t: t, root: root, draft: draft, counts: map[matter.Format][2]int{}}
		folder := filepath.Join(root, "tests", draft)
		err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(name, ".json") {
				rel, _ := filepath.Rel(folder, name)
				s.file(filepath.ToSlash(rel), name)
			}
			return err
		})
		if os.IsNotExist(err) {
			t.Logf("%-13s is not in the suite", draft)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []matter.Format{matter.JSON, matter.YAML, matter.TOML} {
			total += s.counts[f][0]
			t.Logf("%-13s %s: %d verdicts agree, %d left out", draft, f, s.counts[f][0], s.counts[f][1])
		}
	}
	if total < 800 {
		t.Errorf("only %d verdicts: this is not the suite", total)
	}
}

// suite is one run over the cases of one draft.
type suite struct {
	t      *testing.T
	root   string
	draft  string
	counts map[matter.Format][2]int // agreed and left out
}

func (s *suite) file(rel, name string) {
	data, err := os.ReadFile(name)
	if err != nil {
		s.t.Fatal(err)
	}
	var groups []suiteGroup
	if err := json.Unmarshal(data, &groups); err != nil {
		s.t.Fatal(name, err)
	}
	for _, g := range groups {
		plain, err := s.compile(g.Schema, false)
		if err != nil {
			s.verdict(matter.JSON, rel, g.Description, "", false, fmt.Sprintf("does not compile: %v", err))
			continue
		}
		wrapped, err := s.compile(g.Schema, true)
		if err != nil {
			s.t.Errorf("%s/%s: %s: %v", s.draft, rel, g.Description, err)
			continue
		}
		for _, c := range g.Tests {
			s.instance(rel, g.Description, c.Description, c.Data, c.Valid, plain, wrapped)
		}
	}
}

func (s *suite) instance(rel, group, name string, data json.RawMessage, valid bool, plain, wrapped *Schema) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		s.t.Fatal(err)
	}
	texts := map[matter.Format]string{matter.JSON: string(data), matter.YAML: yamlText(value, "")}
	if text, ok := tomlText(value); ok {
		texts[matter.TOML] = "v = " + text + "\n"
	}
	for format, text := range texts {
		held := plain
		if format == matter.TOML {
			held = wrapped
		}
		root, faults := matter.Parse([]byte(text), format)
		if root == nil || len(faults) > 0 {
			s.t.Errorf("%s/%s: %s: %s: %s can't be read: %v", s.draft, rel, group, name, text, faults)
			continue
		}
		found := held.CheckData([]byte(text), root, format)
		found = slices.DeleteFunc(found, func(f Fault) bool { return f.Kind == Deprecated })
		for _, f := range found {
			if f.Span.Start < 0 || f.Span.End < f.Span.Start || f.Span.End > len(text) || f.Message == "" {
				s.t.Errorf("%s/%s: %s: %s: %v lies outside of %q", s.draft, rel, group, name, f, text)
			}
		}
		s.verdict(format, rel, group, name, (len(found) == 0) == valid, fmt.Sprintf("%s: %q: valid %v, found %v", format, text, valid, found))
	}
}

// verdict counts one verdict.
func (s *suite) verdict(format matter.Format, rel, group, name string, agrees bool, detail string) {
	n := s.counts[format]
	defer func() { s.counts[format] = n }()
	for _, key := range []string{rel, rel + ": " + group, rel + ": " + group + ": " + name} {
		if leftOut[key] != "" || leftOut[s.draft+"/"+key] != "" {
			n[1]++
			return
		}
	}
	if !agrees {
		s.t.Errorf("%s/%s: %s: %s: %s", s.draft, rel, group, name, detail)
		return
	}
	n[0]++
}

// compile compiles a schema of the suite, wrapped for TOML under a key.
func (s *suite) compile(schema json.RawMessage, wrap bool) (*Schema, error) {
	l, err := NewLoader(".")
	if err != nil {
		return nil, err
	}
	const server = "http://localhost:1234/"
	where := server + "the-case.json"
	if l.docs[where], err = read("case.json", s.dialect(schema)); err != nil {
		return nil, err
	}
	if wrap {
		text := fmt.Sprintf(`{"$schema": %q, "properties": {"v": {"$ref": %q}}}`, suiteDrafts[s.draft], where)
		where = server + "wrapper.json"
		if l.docs[where], err = read("wrapper.json", []byte(text)); err != nil {
			return nil, err
		}
	}
	remotes := filepath.Join(s.root, "remotes")
	_ = filepath.WalkDir(remotes, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(remotes, name)
		rel = filepath.ToSlash(rel)
		first, _, inDraft := strings.Cut(rel, "/")
		if err != nil || d.IsDir() || path.Ext(rel) != ".json" || inDraft && strings.HasPrefix(first, "draft") && suiteDrafts[first] == "" {
			return err
		}
		data, err := os.ReadFile(name)
		if err == nil {
			if first == s.draft || suiteDrafts[first] == "" {
				data = s.dialect(data)
			}
			l.docs[server+rel], err = read(rel, data)
		}
		return err
	})
	return l.compile(where, "case")
}

// dialect gives a schema the draft of its folder.
func (s *suite) dialect(schema json.RawMessage) []byte {
	var object map[string]json.RawMessage
	if json.Unmarshal(schema, &object) != nil || object["$schema"] != nil {
		return schema
	}
	rest := bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(schema), []byte("{")))
	comma := ","
	if rest[0] == '}' {
		comma = ""
	}
	return fmt.Appendf(nil, `{"$schema": %q%s %s`, suiteDrafts[s.draft], comma, rest)
}

// yamlText spells a value as YAML in blocks.
func yamlText(v any, indent string) string {
	var b strings.Builder
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			fmt.Fprintf(&b, "\n%s%s:%s", indent, quotedText(key), yamlText(v[key], indent+"  "))
		}
		if len(v) == 0 {
			return " {}"
		}
		return b.String()
	case []any:
		for _, item := range v {
			fmt.Fprintf(&b, "\n%s-%s", indent, yamlText(item, indent+"  "))
		}
		if len(v) == 0 {
			return " []"
		}
		return b.String()
	}
	return " " + scalarText(v)
}

// tomlText spells a value as TOML; not ok for what TOML can't say: null, and integers of more than 64 bits.
func tomlText(v any) (text string, ok bool) {
	var parts []string
	switch v := v.(type) {
	case nil:
		return "", false
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			text, ok := tomlText(v[key])
			if !ok {
				return "", false
			}
			parts = append(parts, quotedText(key)+" = "+text)
		}
		return "{" + strings.Join(parts, ", ") + "}", true
	case []any:
		for _, item := range v {
			text, ok := tomlText(item)
			if !ok {
				return "", false
			}
			parts = append(parts, text)
		}
		return "[" + strings.Join(parts, ", ") + "]", true
	case json.Number:
		if n, whole := new(big.Int).SetString(string(v), 10); whole && !n.IsInt64() {
			return "", false
		}
	}
	return scalarText(v), true
}

func scalarText(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return string(v)
	}
	return quotedText(v.(string))
}

// quotedText spells a string in quotes and in ASCII, as YAML and TOML both read it.
func quotedText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r >= ' ' && r < 0x7F:
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return `"` + b.String() + `"`
}
