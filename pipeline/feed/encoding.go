package feed

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// utf8Mark is the byte order mark in UTF-8.
var utf8Mark = []byte("\xEF\xBB\xBF")

// An EncodingError tells that the bytes of a document are not text in the encoding that they should be
// in. Source and Text of the document that failed with it hold the bytes as they were read.
type EncodingError struct {
	Want   string // the encoding that was expected
	Offset int    // of the first byte that is not text in it, from 0; -1: unknown
	Likely string // the encoding that it looks like, for --encoding; empty: none that we know
}

func (e *EncodingError) Error() string {
	text := "not valid " + e.Want
	if e.Offset >= 0 {
		text += fmt.Sprintf(" at byte %d", e.Offset)
	}
	if e.Likely == "" {
		return text + "; name the encoding with --encoding"
	}
	return fmt.Sprintf("%s; it looks like %s: --encoding %s", text, e.Likely, e.Likely)
}

// errEncode is the cause when a text holds what its encoding has no code for.
var errEncode = errors.New("holds characters that its encoding has no code for; convert it to UTF-8 first")

// byName finds an encoding by any of its names in the WHATWG's Encoding standard; nil for UTF-8 and
// for no name.
func byName(name string) (encoding.Encoding, error) {
	if name == "" || strings.EqualFold(name, "utf-8") || strings.EqualFold(name, "utf8") {
		return nil, nil
	}
	if e := utf16(name); e != nil {
		return e, nil
	}
	e, err := htmlindex.Get(name)
	if err != nil || e == encoding.Replacement {
		return nil, fmt.Errorf("unknown encoding %q; utf-8, gb18030, big5, shift_jis, euc-kr and windows-1252 are some that there are", name)
	}
	return e, nil
}

// utf16 gives the encodings whose mark, kept as the first character, is the text's own.
func utf16(name string) encoding.Encoding {
	switch strings.ToLower(name) {
	case "utf-16le", "utf-16":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// canonical is the name of an encoding in the WHATWG's standard.
func canonical(name string) string {
	if utf16(name) != nil {
		if name = strings.ToLower(name); name == "utf-16" {
			return "utf-16le"
		}
		return name
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return name
	}
	if name, err = htmlindex.Name(e); err != nil {
		return "utf-8"
	}
	return name
}

// decode gives the text of bytes in UTF-8 and the name of the encoding that they are in: by their byte
// order mark, else by Options.Encoding, else UTF-8 if they are valid, else by the charset that
// an HTML page declares. Encoding the text again gives the same bytes, or it is an *EncodingError.
func (in *Input) decode(raw []byte) (text []byte, name string, err error) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xFF\xFE\x00\x00")), bytes.HasPrefix(raw, []byte("\x00\x00\xFE\xFF")):
		return nil, "", &EncodingError{Want: "UTF-8 or UTF-16 (it begins as UTF-32 does)", Offset: -1}
	case bytes.HasPrefix(raw, utf8Mark):
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return transcode(raw, "utf-16le")
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return transcode(raw, "utf-16be")
	case in.encoding != nil:
		return transcode(raw, canonical(in.options.Encoding))
	}
	if at := bytes.IndexByte(raw[:min(len(raw), guessBytes)], 0); at >= 0 && wide(raw) != "" {
		return nil, "", &EncodingError{"UTF-8 text", at, wide(raw)}
	}
	if at := invalid(raw); at >= 0 {
		if found := declared(raw); found != "" {
			if text, name, err := transcode(raw, found); err == nil {
				return text, name, nil
			}
		}
		return nil, "", &EncodingError{"UTF-8", at, likely(raw)}
	}
	return raw, "utf-8", nil
}

// transcode decodes by name, and takes only what can be encoded back.
func transcode(raw []byte, name string) ([]byte, string, error) {
	e, err := byName(name)
	if err != nil {
		return nil, "", err
	}
	at := -1
	text, err := e.NewDecoder().Bytes(raw)
	if err == nil {
		back, err := encode(text, name)
		if err == nil && bytes.Equal(back, raw) {
			return text, name, nil
		}
		at = firstLost(text, raw, back, name)
	}
	other := likely(raw)
	if other == name || utf16(name) != nil {
		other = "" // Text in UTF-16 looks like nothing else.
	}
	return nil, "", &EncodingError{name, at, other}
}

// firstLost is the offset in raw where what the text is encoded back to begins to differ, or, where the text can't be
// encoded back for the characters that stand for lost ones, that of the first of these.
func firstLost(text, raw, back []byte, name string) int {
	if i := bytes.IndexRune(text, utf8.RuneError); back == nil && i >= 0 {
		back, _ = encode(text[:i], name)
	}
	n := 0
	for n < len(back) && n < len(raw) && back[n] == raw[n] {
		n++
	}
	return n
}

// encode gives the bytes of a text in the named encoding.
func encode(text []byte, name string) ([]byte, error) {
	e, err := byName(name)
	if err != nil || e == nil {
		return text, err
	}
	raw, err := e.NewEncoder().Bytes(text)
	if err != nil {
		return nil, fmt.Errorf("encode to %s: %w", name, errEncode)
	}
	return raw, nil
}

// invalid is the offset of the first byte that is not UTF-8, or -1.
func invalid(raw []byte) int {
	if utf8.Valid(raw) {
		return -1
	}
	for at := 0; at < len(raw); {
		r, n := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && n == 1 {
			return at
		}
		at += n
	}
	return -1
}

var charset = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)<meta\s[^>]*charset\s*=\s*["']?\s*([-\w:.]{1,40})`)
})

// declared is the charset that an HTML page names in its first 1,024 bytes, where browsers look for it.
func declared(raw []byte) string {
	found := charset().FindSubmatch(raw[:min(len(raw), 1024)])
	if found == nil {
		return ""
	}
	name := string(found[1])
	if e, err := byName(name); err != nil || e == nil {
		return ""
	}
	return canonical(name)
}
