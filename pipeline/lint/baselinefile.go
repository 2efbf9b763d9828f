package lint

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
)

// maxBaseline is the largest file of known findings, in bytes: some 20 million of them.
const maxBaseline = 2 << 30

// baselineVersion is the version of the file's form.
const baselineVersion = 1

// An entryJSON is one known finding as the file has it, on a line of its own:
//
//	{"path":"posts/a.md","code":"MT001","at":"/date","hash":"5f0c…","count":2}
type entryJSON struct {
	Path  string `json:"path"` // of the article, relative to the folder of the baseline, with slashes
	Code  string `json:"code"`
	At    string `json:"at,omitempty"`    // the JSON pointer of a front matter value, with * for numbers
	Hash  string `json:"hash"`            // 16 hexadecimal digits, of the text that the finding points at
	Count int    `json:"count,omitempty"` // of equal ones, when there are several
}

// parseBaseline reads the entries of a baseline by their path.
func parseBaseline(path string, text []byte) (map[string][]entry, error) {
	r := &baselineReader{text: text, dec: json.NewDecoder(bytes.NewReader(text)), known: map[string][]entry{}, words: map[string]string{}}
	r.dec.DisallowUnknownFields()
	if err := r.file(); err != nil {
		at := pipeline.NewLines(text).At(r.at, pipeline.CodePoints)
		return nil, fmt.Errorf("%s:%d:%d: %w", files.Quote(path), at.Line, at.Column, err)
	}
	return r.known, nil
}

// A baselineReader is one run of parseBaseline.
type baselineReader struct {
	text    []byte
	dec     *json.Decoder
	known   map[string][]entry
	words   map[string]string // each path, code and pointer once
	version int
	at      int // where what is being read begins
}

func (r *baselineReader) file() error {
	if err := r.open('{'); err != nil {
		return err
	}
	for r.dec.More() {
		r.skip()
		key, err := r.dec.Token()
		if err != nil {
			return r.fault(err)
		}
		switch r.skip(); key {
		case "version":
			err = r.fault(r.dec.Decode(&r.version))
			if err == nil && r.version != baselineVersion {
				err = fmt.Errorf("version %d of the baseline's form is not known, only version %d is", r.version, baselineVersion)
			}
		case "findings":
			err = r.findings()
		default:
			err = fmt.Errorf("unknown member %q of a baseline", key)
		}
		if err != nil {
			return err
		}
	}
	if _, err := r.dec.Token(); err != nil {
		return r.fault(err)
	}
	if r.skip(); r.at < len(r.text) {
		return errors.New("something stands behind the baseline's end")
	}
	if r.version == 0 {
		r.at = 0
		return errors.New(`this is no baseline: it has no member "version"`)
	}
	return nil
}

func (r *baselineReader) findings() error {
	if err := r.open('['); err != nil {
		return err
	}
	for r.dec.More() {
		r.skip()
		if err := r.entry(); err != nil {
			return err
		}
	}
	_, err := r.dec.Token()
	return r.fault(err)
}

func (r *baselineReader) entry() error {
	var j entryJSON
	if err := r.dec.Decode(&j); err != nil {
		return r.fault(err)
	}
	hash, err := strconv.ParseUint(j.Hash, 16, 64)
	switch {
	case j.Path == "" || j.Code == "":
		return errors.New("an entry without path or code")
	case err != nil || len(j.Hash) != 16:
		return fmt.Errorf("the hash %q is not 16 hexadecimal digits", j.Hash)
	case j.Count < 0:
		return fmt.Errorf("the count %d is below 0", j.Count)
	}
	path := r.word(j.Path)
	r.known[path] = append(r.known[path], entry{
		fingerprint{r.word(j.Code), r.word(j.At), hash}, max(j.Count, 1), pipeline.Span{Start: r.at, End: r.offset()},
	})
	return nil
}

func (r *baselineReader) word(w string) string {
	if have, ok := r.words[w]; ok {
		return have
	}
	r.words[w] = w
	return w
}

// open reads the beginning of an object or array.
func (r *baselineReader) open(want json.Delim) error {
	r.skip()
	got, err := r.dec.Token()
	if err == nil && got != want {
		return fmt.Errorf("this is no baseline: %q is missing here", want.String())
	}
	return r.fault(err)
}

func (r *baselineReader) offset() int { return int(r.dec.InputOffset()) }

// skip goes to where the next value begins.
func (r *baselineReader) skip() {
	r.at = len(r.text) - len(bytes.TrimLeft(r.text[r.offset():], " \t\r\n,:"))
}

// fault adds to an error of the decoder where it is and what to do.
func (r *baselineReader) fault(err error) error {
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		r.at = len(r.text)
		err = errors.New("the baseline ends too early")
	case errors.As(err, &syntax):
		r.at = min(max(r.at, int(syntax.Offset)-1), len(r.text))
		if rest := r.text[r.at:]; bytes.HasPrefix(rest, []byte("<<<<<<<")) || bytes.HasPrefix(rest, []byte("=======")) {
			return errors.New("a merge conflict was left here: keep the lines of both sides, then write the file with --write-baseline")
		}
	}
	return fmt.Errorf("%w; mend it, or remove the file and write it with --write-baseline", err)
}

// appendEntry appends the JSON of an entry to a buffer.
func appendEntry(out *bytes.Buffer, path string, e entry) {
	j := entryJSON{Path: path, Code: e.code, At: e.at, Hash: fmt.Sprintf("%016x", e.hash)}
	if e.count > 1 {
		j.Count = e.count
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(j); err != nil {
		panic(err) // Strings and a number.
	}
	out.Truncate(out.Len() - 1) // The line break.
}

// formatBaseline is the file of known findings: one a line, in the order of path, code, pointer and hash, equal ones
// as one, so that it differs from an older one only where findings do.
func formatBaseline(known map[string][]entry) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n  \"version\": %d,\n  \"findings\": [", baselineVersion)
	separator := "\n    "
	for _, path := range slices.Sorted(maps.Keys(known)) {
		for _, e := range merged(known[path]) {
			out.WriteString(separator)
			appendEntry(&out, path, e)
			separator = ",\n    "
		}
	}
	if separator[0] == ',' {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	return out.Bytes()
}

// merged gives the entries of a path in their order, equal ones as one.
func merged(entries []entry) (out []entry) {
	sorted := slices.SortedStableFunc(slices.Values(entries), func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.at, b.at), cmp.Compare(a.hash, b.hash))
	})
	for _, e := range sorted {
		if n := len(out); n > 0 && out[n-1].fingerprint == e.fingerprint {
			out[n-1].count += e.count
		} else {
			out = append(out, e)
		}
	}
	return out
}
