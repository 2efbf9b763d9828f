package matter

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

type dateForm struct {
	name    string
	pattern *regexp.Regexp
}

// dateForms are the forms that are known beside that of RFC 3339: those of mail and HTTP (RFC 822, 850, 1123,
// 5322), of C's asctime, of date(1) and JavaScript's Date, English dates, dates of digits, and Chinese and
// Japanese ones. The names of their groups: w weekday, d day, b name of the month, n its number, y year,
// h m s f time with the fraction of a second, p and q half of the day, z zone, x and v two numbers of
// which either may be the day.
var dateForms = sync.OnceValue(func() []dateForm {
	replace := strings.NewReplacer(
		"WEEKDAY", `(?i:(?P<w>Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*)`,
		"MONTH", `(?i:(?P<b>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\.?`,
		"DAY", `(?P<d>\d{1,2})`, "YEAR", `(?P<y>\d{4})`, "NUMBER", `(?P<n>\d{1,2})`,
		"TIME", `(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?P<f>\.\d+)?)?(?:\s*(?P<p>AM|PM|am|pm))?`,
		"CLOCK", `(?P<p>上午|下午|凌晨|早上|中午|晚上)?\s*(?P<h>\d{1,2})\s*[:：时時点點]`+
			`(?:\s*(?P<m>\d{1,2})\s*(?:[:：分]\s*(?:(?P<s>\d{1,2})(?P<f>\.\d+)?\s*秒?)?)?)?(?:\s*(?P<q>AM|PM|am|pm))?`,
		"ZONE", `(?:\s*(?P<z>(?:GMT|UTC)?[-+]\d{1,2}(?::?\d{2})?|[A-Z]{1,4}))`,
		"SPLIT", `(?:\s*[Tt,，、]\s*|\s+)`,
		"NOTE", `(?:\s+\(.*\))?`,
	)
	form := func(name, pattern string) dateForm {
		return dateForm{name, regexp.MustCompile("^" + replace.Replace(pattern) + "$")}
	}
	return []dateForm{
		form("RFC 1123", `WEEKDAY,?\s+DAY\s+MONTH\s+YEAR\s+TIMEZONE?NOTE`),
		form("RFC 850", `(?:WEEKDAY,?\s+)?DAY-MONTH-(?P<y>\d{2}|\d{4})\s+TIMEZONE?`),
		form("RFC 822", `(?:WEEKDAY,?\s+)?DAY\s+MONTH\s+(?P<y>\d{2}|\d{4})\s+TIMEZONE?NOTE`),
		form("ANSI C", `WEEKDAY\s+MONTH\s+DAY\s+TIME\s+YEAR`),
		form("the output of date", `WEEKDAY\s+MONTH\s+DAY\s+TIMEZONE\s+YEAR`),
		form("a JavaScript date", `WEEKDAY\s+MONTH\s+DAY\s+YEAR\s+TIMEZONENOTE`),
		form("an English date", `(?:WEEKDAY,?\s+)?MONTH\s+DAY(?:st|nd|rd|th)?,?\s+YEAR(?:,?\s+(?:at\s+)?TIMEZONE?)?`),
		form("an English date", `(?:WEEKDAY,?\s+)?DAY(?:st|nd|rd|th)?\s+MONTH,?\s+YEAR`),
		form("an English date", `DAY-MONTH-YEAR`),
		form("an English date", `YEAR-MONTH-DAY`),
		form("year/month/day", `YEAR/NUMBER/DAY(?:SPLITCLOCKZONE?)?`),
		form("year.month.day", `YEAR\.NUMBER\.DAY(?:SPLITCLOCKZONE?)?`),
		form("year-month-day with another time than RFC 3339's", `YEAR-(?P<n>\d{2})-(?P<d>\d{2})SPLITCLOCKZONE?NOTE`),
		form("a date without its leading zeros", `YEAR-NUMBER-DAY(?:SPLITCLOCKZONE?)?`),
		form("a date of digits", `(?P<x>\d{1,2})/(?P<v>\d{1,2})/YEAR(?:SPLITCLOCKZONE?)?`),
		form("a date of digits", `(?P<x>\d{1,2})\.(?P<v>\d{1,2})\.YEAR(?:SPLITCLOCKZONE?)?`),
		form("a date of digits", `(?P<x>\d{1,2})-(?P<v>\d{1,2})-YEAR(?:SPLITCLOCKZONE?)?`),
		form("a Chinese or Japanese date", `YEAR\s*年\s*NUMBER\s*月\s*DAY\s*[日号號]?`+
			`(?:[，,、\s]*[（(]?(?:星期|周|週)[一二三四五六日天][）)]?)?(?:[，,、\s]*CLOCKZONE?)?`),
		form("a date of digits", `YEAR\s*[-/.年]\s*NUMBER\s*[-/.月]\s*DAY\s*[日号號]?(?:SPLITCLOCKZONE?)?`),
	}
})

const months = "janfebmaraprmayjunjulaugsepoctnovdec"

// read makes the readings of a text from its parts.
func (f dateForm) read(part func(string) string) (DateText, bool) {
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
		month = strings.Index(months, strings.ToLower(b))/3 + 1
	}
	hour := hourOf(number("h"), part("p")+part("q"))
	if !isClock(hour, number("m"), number("s")) {
		return DateText{}, false
	}
	days := [][2]int{{month, number("d")}}
	if part("x") != "" {
		days = [][2]int{{number("x"), number("v")}, {number("v"), number("x")}}
	}
	zones, known := readZone(part("z"))
	d := DateText{Form: f.name, Timed: part("h") != "", Zoned: known && len(zones) == 1 && part("z") != ""}
	clock := ""
	if d.Timed {
		clock = fmt.Sprintf("T%02d:%02d:%02d%s", hour, number("m"), number("s"), part("f"))
	}
	var meant []time.Time
	for i, md := range days {
		date := time.Date(year, time.Month(md[0]), md[1], 0, 0, 0, 0, time.UTC)
		if !isDay(date, year, md[0], md[1]) || i > 0 && md == days[0] {
			continue
		}
		meant = append(meant, date)
		if w := part("w"); w != "" && !strings.EqualFold(date.Weekday().String()[:3], w) {
			d.Doubt = date.Format(time.DateOnly) + " is a " + date.Weekday().String()
		}
		for _, zone := range zones {
			d.Readings = append(d.Readings, date.Format(time.DateOnly)+clock+zone)
		}
	}
	if len(meant) != 1 {
		return d, len(meant) > 0
	}
	where := time.UTC
	if d.Zoned {
		seconds, _ := zoneOffset(zones[0])
		where = location(seconds)
	}
	fraction := dateScanner{text: strings.TrimPrefix(part("f"), ".")}
	d.Time = time.Date(year, meant[0].Month(), meant[0].Day(), hour, number("m"), number("s"), fraction.fraction(), where)
	return d, true
}

// hourOf is the hour of the day, from 0, of one that counts from the day's half.
func hourOf(h int, half string) int {
	switch strings.ToLower(half) {
	case "am", "上午", "凌晨", "早上":
		if h == 12 {
			return 0
		}
	case "pm", "下午", "晚上":
		if h < 12 {
			return h + 12
		}
	}
	return h
}

// readZone gives the offsets that a zone may mean. CST is the one of RFC 822 and China's, too.
// ok is false for a zone that is not known.
func readZone(z string) (offsets []string, ok bool) {
	switch z {
	case "":
		return []string{""}, true
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
	seconds, ok := zoneOffset(z)
	if !ok {
		return nil, false
	}
	return []string{time.Time{}.In(location(seconds)).Format("Z07:00")}, true
}
