package feed

import (
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
	for _, b := range raw {
		if b == 0 {
			return ""
		}
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
