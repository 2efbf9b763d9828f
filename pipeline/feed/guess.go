package feed

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// guessBytes is how much of a text is looked at to guess its encoding.
const guessBytes = 64 << 10

// likely guesses the encoding of bytes that are not UTF-8; empty when none fits. The marks are: kana
// for Japanese, hangul for Korean, and for Chinese how many pairs lie in the 3,755 frequent
// characters of GB 2312 (rows 16 to 55), where nearly all Chinese text lies and Big5 text does not.
func likely(raw []byte) string {
	raw = raw[:min(len(raw), guessBytes)]
	if bytes.IndexByte(raw, 0) >= 0 {
		return wide(raw)
	}
	for _, try := range []struct {
		name   string
		script *unicode.RangeTable
		share  float64
	}{{"shift_jis", unicode.Hiragana, 0.15}, {"euc-jp", unicode.Hiragana, 0.15}} {
		if share, ok := scriptShare(raw, try.name, try.script); ok && share >= try.share {
			return try.name
		}
	}
	frequent := frequentPairs(raw)
	if _, ok := scriptShare(raw, "gb18030", unicode.Han); ok && frequent >= 0.5 {
		if share, ok := scriptShare(raw, "euc-kr", unicode.Hangul); ok && share >= 0.9 {
			return "euc-kr"
		}
		return "gb18030"
	}
	if share, ok := scriptShare(raw, "big5", unicode.Han); ok && share >= 0.5 {
		return "big5"
	}
	if share, ok := scriptShare(raw, "windows-1252", unicode.Latin); ok && share >= 0.5 {
		return "windows-1252"
	}
	return ""
}

// wide names the form of UTF-16 that bytes are in, without a mark: the characters below U+0100, spaces and line
// breaks among them, have a zero byte on one side only. It is empty for all else.
func wide(raw []byte) string {
	raw = raw[:min(len(raw), guessBytes)]
	var zeros [2]int
	for i, b := range raw {
		if b == 0 {
			zeros[i%2]++
		}
	}
	for side, name := range []string{1: "utf-16le", 0: "utf-16be"} {
		often := 4 // one in so many characters; fewer in Chinese, where front matter tells by its fence
		if len(raw) > side && raw[side] == 0 {
			often = 16
		}
		if zeros[side] > 1 && zeros[side]*often > len(raw)/2 && zeros[1-side]*4 < zeros[side] { // U+4E00 has its zero on the other side.
			return name
		}
	}
	return ""
}

// scriptShare decodes bytes, and gives the share of a script in the characters outside ASCII; ok is
// false when more than one of them in a hundred can't be decoded.
func scriptShare(raw []byte, name string, script *unicode.RangeTable) (share float64, ok bool) {
	e, err := byName(name)
	if err != nil {
		return 0, false
	}
	text, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return 0, false
	}
	all, in, bad := 0, 0, 0
	for _, r := range string(text) {
		switch {
		case r == utf8.RuneError:
			bad++
		case r >= utf8.RuneSelf:
			all++
			if unicode.Is(script, r) {
				in++
			}
		}
	}
	return float64(in) / float64(max(all, 1)), all > 0 && bad*100 <= all
}

func frequentPairs(raw []byte) float64 {
	all, in := 0, 0
	for i := 0; i+1 < len(raw); i++ {
		if raw[i] < 0x81 {
			continue
		}
		all++
		if 0xB0 <= raw[i] && raw[i] <= 0xD7 && raw[i+1] >= 0xA1 {
			in++
		}
		i++
	}
	return float64(in) / float64(max(all, 1))
}
