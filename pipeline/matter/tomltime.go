package matter

import (
	"regexp"
	"strings"
	"sync"
	"time"
)

// tomlTimes is the grammar of dates and times of TOML 1.1.0, whose seconds may be left out.
var tomlTimes = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?(?:(?:^|[Tt ])[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:[Zz]|[-+](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?$`)
})

// validTime tells whether a date, a time or both, which go-toml knows by their first characters,
// are well formed and exist.
func validTime(kind Kind, spelled string) bool {
	if !tomlTimes().MatchString(spelled) {
		return false
	}
	layout := map[Kind]string{
		Date: "2006-01-02", Time: "15:04:05",
		LocalDateTime: "2006-01-02T15:04:05", DateTime: "2006-01-02T15:04:05Z07:00",
	}[kind]
	plain := strings.ToUpper(strings.Replace(spelled, " ", "T", 1))
	if secondsOf(plain) == "60" { // A leap second, which package time does not know.
		plain = strings.Replace(plain, ":60", ":59", 1)
	}
	if _, err := time.Parse(layout, plain); err == nil {
		return true
	}
	_, err := time.Parse(strings.Replace(layout, ":05", "", 1), plain)
	return err == nil
}

// secondsOf gives the seconds of a time, two digits, or "".
func secondsOf(plain string) string {
	_, clock, found := strings.Cut(plain, "T")
	if !found {
		clock = plain
	}
	if len(clock) < len("15:04:05") || clock[5] != ':' {
		return ""
	}
	return clock[6:8]
}
