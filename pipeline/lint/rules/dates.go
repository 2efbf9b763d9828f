package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A dateText is what a text that is a date, but not in the form of RFC 3339, may mean.
type dateText struct {
	form     string   // "RFC 1123"
	readings []string // in the form of RFC 3339; several when it has several meanings, none when it has no sure one
	doubt    string   // why even a single reading may be wrong
}

// readDate reads a date. ok is false when the text is no date, or one whose form needs no change:
// year-month-day with a time and a zone as YAML, Jekyll and Hugo have them.
func readDate(s string) (d dateText, ok bool) {
	if len(s) < len("7/8/2022") || len(s) > 100 || isISO(s) {
		return d, false
	}
	for _, f := range dateForms() {
		if m := f.pattern.FindStringSubmatch(s); m != nil {
			part := func(name string) string {
				if i := f.pattern.SubexpIndex(name); i >= 0 {
					return m[i]
				}
				return ""
			}
			return f.read(part)
		}
	}
	return d, false
}

// isISO tells whether a date begins as 2022-07-22 does and goes on with nothing, T or a blank.
func isISO(s string) bool {
	const like = "dddd-dd-dd"
	if len(s) < len(like) {
		return false
	}
	for i := range len(like) {
		if like[i] == '-' && s[i] != '-' || like[i] == 'd' && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return len(s) == 10 || s[10] == 'T' || s[10] == 't' || s[10] == ' '
}

type dateForm struct {
	name    string
	pattern *regexp.Regexp
}

// dateForms are the forms that are known: those of mail and HTTP (RFC 822, 850, 1123, 5322), of C's asctime,
// of date(1) and JavaScript's Date, English dates, dates of digits, and Chinese and Japanese ones.
// The names of their groups: w weekday, d day, b name of the month, n its number, y year,
// h m s time, p half of the day, z zone, x and v two numbers of which either may be the day.
var dateForms = sync.OnceValue(func() []dateForm {
	replace := strings.NewReplacer(
		"WEEKDAY", `(?P<w>Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*`,
		"MONTH", `(?P<b>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?`,
		"DAY", `(?P<d>\d{1,2})`, "YEAR", `(?P<y>\d{4})`,
		"TIME", `(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?(?:\s*(?P<p>AM|PM|am|pm))?`,
		"ZONE", `(?P<z>(?:GMT|UTC)?[-+]\d{2}:?\d{2}|[A-Z]{1,4})`,
	)
	form := func(name, pattern string) dateForm {
		return dateForm{name, regexp.MustCompile("^" + replace.Replace(pattern) + "$")}
	}
	return []dateForm{
		form("RFC 1123", `WEEKDAY,?\s+DAY\s+MONTH\s+YEAR\s+TIME(?:\s+ZONE)?(?:\s+\(.*\))?`),
		form("RFC 850", `(?:WEEKDAY,?\s+)?DAY-MONTH-(?P<y>\d{2}|\d{4})\s+TIME(?:\s+ZONE)?`),
		form("RFC 822", `(?:WEEKDAY,?\s+)?DAY\s+MONTH\s+(?P<y>\d{2}|\d{4})\s+TIME(?:\s+ZONE)?(?:\s+\(.*\))?`),
		form("ANSI C", `WEEKDAY\s+MONTH\s+DAY\s+TIME\s+YEAR`),
		form("the output of date", `WEEKDAY\s+MONTH\s+DAY\s+TIME\s+ZONE\s+YEAR`),
		form("a JavaScript date", `WEEKDAY\s+MONTH\s+DAY\s+YEAR\s+TIME\s+ZONE(?:\s+\(.*\))?`),
		form("an English date", `(?:WEEKDAY,?\s+)?MONTH\s+DAY(?:st|nd|rd|th)?,?\s+YEAR(?:,?\s+(?:at\s+)?TIME(?:\s+ZONE)?)?`),
		form("an English date", `(?:WEEKDAY,?\s+)?DAY(?:st|nd|rd|th)?\s+MONTH,?\s+YEAR`),
		form("year/month/day", `YEAR/(?P<n>\d{1,2})/DAY(?:[T\s]+TIME(?:\s*ZONE)?)?`),
		form("year.month.day", `YEAR\.(?P<n>\d{1,2})\.DAY(?:[T\s]+TIME(?:\s*ZONE)?)?`),
		form("a date without its leading zeros", `YEAR-(?P<n>\d{1,2})-DAY(?:[T\s]+TIME(?:\s*ZONE)?)?`),
		form("a date of digits", `(?P<x>\d{1,2})/(?P<v>\d{1,2})/YEAR(?:,?\s+TIME(?:\s*ZONE)?)?`),
		form("a date of digits", `(?P<x>\d{1,2})\.(?P<v>\d{1,2})\.YEAR(?:,?\s+TIME(?:\s*ZONE)?)?`),
		form("a date of digits", `(?P<x>\d{1,2})-(?P<v>\d{1,2})-YEAR(?:,?\s+TIME(?:\s*ZONE)?)?`),
		form("a Chinese or Japanese date", `YEAR\s*年\s*(?P<n>\d{1,2})\s*月\s*DAY\s*[日号號]?`+
			`(?:[，,、\s]*[（(]?(?:星期|周|週)[一二三四五六日天][）)]?)?`+
			`(?:[，,、\s]*(?P<p>上午|下午|凌晨|早上|中午|晚上)?\s*(?P<h>\d{1,2})\s*[:：时時点點]`+
			`(?:\s*(?P<m>\d{1,2})\s*(?:[:：分]\s*(?:(?P<s>\d{1,2})\s*秒?)?)?)?)?`),
	}
})

const months = "JanFebMarAprMayJunJulAugSepOctNovDec"

// read makes the readings of a text from its parts.
func (f dateForm) read(part func(string) string) (dateText, bool) {
	d := dateText{form: f.name}
	number := func(name string) int {
		n, _ := strconv.Atoi(part(name)) // The patterns let digits through, up to four of them.
		return n
	}
	year, month := number("y"), number("n")
	if len(part("y")) == 2 { // RFC 5322, 4.3.
		year += 1900
		if year < 1950 {
			year += 100
		}
	}
	if b := part("b"); b != "" {
		month = strings.Index(months, b)/3 + 1
	}
	clock, ok := readClock(number("h"), number("m"), number("s"), part("p"), part("h") != "")
	if !ok {
		return d, false
	}
	dates := [][2]int{{month, number("d")}}
	if part("x") != "" {
		dates = [][2]int{{number("x"), number("v")}, {number("v"), number("x")}}
	}
	zones, known := readZone(part("z"))
	valid := false
	for _, md := range dates {
		date := time.Date(year, time.Month(md[0]), md[1], 0, 0, 0, 0, time.UTC)
		if date.Year() != year || int(date.Month()) != md[0] || date.Day() != md[1] {
			continue
		}
		valid = true
		if w := part("w"); w != "" && date.Weekday().String()[:3] != w {
			d.doubt = date.Format("2006-01-02") + " is a " + date.Weekday().String()
		}
		for _, zone := range zones {
			if r := date.Format("2006-01-02") + clock + zone; known && !slices.Contains(d.readings, r) {
				d.readings = append(d.readings, r)
			}
		}
	}
	return d, valid
}

// readClock gives the time as RFC 3339 has it, with its T, or nothing when the date has no time.
func readClock(h, m, s int, half string, there bool) (string, bool) {
	if !there {
		return "", true
	}
	switch strings.ToLower(half) {
	case "am", "上午", "凌晨", "早上":
		if h == 12 {
			h = 0
		}
	case "pm", "下午", "晚上":
		if h < 12 {
			h += 12
		}
	}
	return fmt.Sprintf("T%02d:%02d:%02d", h, m, s), h < 24 && m < 60 && s < 60
}

// readZone gives the offsets that a zone may mean. CST is the one of RFC 822 and China's, too.
// ok is false for a zone that is not known.
func readZone(z string) (offsets []string, ok bool) {
	switch z {
	case "":
		return []string{""}, true
	case "GMT", "UTC", "UT", "Z":
		return []string{"Z"}, true
	case "CST":
		return []string{"-06:00", "+08:00"}, true
	case "EDT":
		return []string{"-04:00"}, true
	case "EST", "CDT":
		return []string{"-05:00"}, true
	case "MDT":
		return []string{"-06:00"}, true
	case "MST", "PDT":
		return []string{"-07:00"}, true
	case "PST":
		return []string{"-08:00"}, true
	}
	i := strings.IndexAny(z, "+-")
	if i < 0 {
		return nil, false
	}
	digits := strings.Replace(z[i+1:], ":", "", 1)
	switch hours, minutes := digits[:2], digits[2:]; {
	case hours+minutes == "0000":
		return []string{"Z"}, true
	case hours > "14" || minutes > "59":
		return nil, false
	default:
		return []string{z[i:i+1] + hours + ":" + minutes}, true
	}
}
