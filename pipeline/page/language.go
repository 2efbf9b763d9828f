package page

import (
	"regexp"
	"strings"
	"sync"
)

var languageTag = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,8}$`)
})

// language is a language tag (BCP 47) as HTML wants it; "" for a text that is none.
func language(text string) string {
	if text = strings.TrimSpace(text); !languageTag().MatchString(text) {
		return ""
	}
	parts := strings.Split(strings.ReplaceAll(text, "_", "-"), "-")
	for i, part := range parts {
		switch {
		case i > 0 && len(part) == 2 && len(parts[i-1]) > 1:
			parts[i] = strings.ToUpper(part)
		case i > 0 && len(part) == 4:
			parts[i] = strings.ToUpper(part[:1]) + strings.ToLower(part[1:])
		default:
			parts[i] = strings.ToLower(part)
		}
	}
	return strings.Join(parts, "-")
}

// IsLanguage tells whether a text is a language tag.
func IsLanguage(text string) bool { return language(text) != "" }

// direction is "rtl" for a language that is written from right to left by default, else "".
// Source: CLDR, the languages whose likely script is Arabic, Hebrew, N'Ko, Syriac or Thaana.
func direction(lang string) string {
	primary, rest, _ := strings.Cut(lang, "-")
	script, _, _ := strings.Cut(rest, "-")
	switch script {
	case "Arab", "Hebr", "Nkoo", "Syrc", "Thaa":
		return "rtl"
	case "Latn", "Cyrl":
		return ""
	}
	switch primary {
	case "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "nqo", "ps", "sd", "syr", "ug", "ur", "yi":
		return "rtl"
	}
	return ""
}

// Updated is the word that stands before the date of the last change, in the language of the page where that
// is known here, else in English.
func (p *Page) Updated() string {
	switch lang, _, _ := strings.Cut(p.Lang, "-"); lang {
	case "zh":
		return "更新于"
	case "ja":
		return "更新："
	case "ko":
		return "수정"
	case "de":
		return "aktualisiert"
	case "es":
		return "actualizado"
	case "fr":
		return "mis à jour"
	}
	return "updated"
}

// Locale is the language with its country as Open Graph writes it, "en_GB"; "" where no country is named.
func (p *Page) Locale() string {
	parts := strings.Split(p.Lang, "-")
	for _, part := range parts[1:] {
		if len(part) == 2 {
			return parts[0] + "_" + part
		}
	}
	return ""
}
