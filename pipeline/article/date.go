package article

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// parseDate reads a date in any of the spellings that front matter has: RFC 3339 and its relatives with
// spaces, slashes, dots or one digit, RFC 1123 and 850, JavaScript's Date.toString, the names of months in
// English, and 2021年7月14日00:06:33. zoned is false where the text names no zone, or one that means
// several (CST): t is in UTC then. Dates that can be read in two ways (7/8/2022) are not read.
func parseDate(text string) (t time.Time, zoned, ok bool) {
	text = strings.TrimSpace(text)
	if len(text) < len("2006-1-2") || len(text) > 80 {
		return time.Time{}, false, false
	}
	if found := patterns().numeric.FindStringSubmatch(text); found != nil {
		return build(found[1], found[2], found[3], found[4:7], found[7])
	}
	if found := patterns().slashes.FindStringSubmatch(text); found != nil {
		first, second := found[1], found[2]
		if a, _ := strconv.Atoi(first); a > 12 {
			return build(found[3], second, first, found[4:7], found[7])
		}
		if b, _ := strconv.Atoi(second); b > 12 || first == second {
			return build(found[3], first, second, found[4:7], found[7])
		}
		return time.Time{}, false, false
	}
	return named(text)
}

// datePatterns are the spellings of dates in numbers. Their groups are the three numbers of the
// day, hour, minute, second with fraction, and what follows.
type datePatterns struct{ numeric, slashes *regexp.Regexp }

var patterns = sync.OnceValue(func() datePatterns {
	const clock = `(?:(?:\s*[Tt,，]\s*|\s+|\b|日|号|號)(\d{1,2})\s*[:：点點时時]\s*(\d{1,2})\s*(?:[:：分]\s*(\d{1,2}(?:\.\d{1,9})?)?\s*秒?)?)?`
	const zone = `\s*(Z|z|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}:?\d{2}(?: \([^()]*\))?|[A-Z]{3,4})?$`
	return datePatterns{
		numeric: regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?` + clock + zone),
		slashes: regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})` + clock + zone),
	}
})

// build makes a time of its parts, clock being hour, minute and second, any of them empty.
func build(year, month, day string, clock []string, zone string) (t time.Time, zoned, ok bool) {
	number := func(s string) int {
		n, _ := strconv.Atoi(s)
		return n
	}
	second, fraction, _ := strings.Cut(clock[2], ".")
	nanos := number((fraction + "000000000")[:9])
	where, zoned := location(zone)
	y, m, d, h, min, s := number(year), number(month), number(day), number(clock[0]), number(clock[1]), number(second)
	t = time.Date(y, time.Month(m), d, h, min, s, nanos, where)
	ok = t.Year() == y && int(t.Month()) == m && t.Day() == d && h < 24 && min < 60 && s < 60
	return t, zoned, ok
}

// location reads a zone: an offset, or a name that means UTC.
func location(zone string) (where *time.Location, zoned bool) {
	zone, _, _ = strings.Cut(zone, " ")
	for _, prefix := range []string{"UTC", "GMT"} {
		if rest, found := strings.CutPrefix(zone, prefix); found {
			if zone = rest; zone == "" {
				return time.UTC, true
			}
		}
	}
	if zone == "Z" || zone == "z" {
		return time.UTC, true
	}
	zone = strings.Replace(zone, ":", "", 1)
	t, err := time.Parse("-0700", zone)
	if err != nil {
		return time.UTC, false
	}
	if _, offset := t.Zone(); offset != 0 {
		return time.FixedZone("", offset), true
	}
	return time.UTC, true
}

// named reads dates with the name of a month.
func named(text string) (t time.Time, zoned, ok bool) {
	text, _, _ = strings.Cut(text, " (") // Date.toString ends with the zone's name in brackets.
	zone := ""
	if i := strings.LastIndexByte(text, ' '); i > 0 && strings.Count(text, ":") > 0 && !strings.Contains(text[i:], ":") {
		zone = text[i+1:]
		if _, err := strconv.Atoi(zone); err != nil || zone[0] == '+' || zone[0] == '-' {
			text = text[:i]
		} else {
			zone = ""
		}
	}
	for _, layout := range []string{
		"Mon, 2 Jan 2006 15:04:05", "Mon, 2-Jan-06 15:04:05", "Monday, 2-Jan-06 15:04:05", "Monday, 2 January 2006 15:04:05",
		"Mon Jan 2 2006 15:04:05", "Mon Jan _2 15:04:05 2006", "2 Jan 2006 15:04:05", "2 Jan 2006 15:04",
		"Jan 2, 2006 15:04:05", "January 2, 2006 15:04:05", "Jan 2, 2006", "January 2, 2006", "2 Jan 2006", "2 January 2006",
		"Mon, 2 Jan 2006", "Mon Jan 2 2006", "Monday, January 2, 2006", "2-Jan-2006", "2006-Jan-2",
	} {
		if t, err := time.Parse(layout, text); err == nil {
			where, zoned := location(zone)
			return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, where), zoned, true
		}
	}
	return time.Time{}, false, false
}
