package matter

import (
	"strings"
	"time"
)

// A DateText is what a text that is a date means.
type DateText struct {
	// Form is what the form is called, "RFC 1123". It is "" for 2022-07-22, alone or with a time and a zone
	// as RFC 3339 has them or nearly so: with a blank for the T, without seconds, +0800 for +08:00.
	Form string
	// Readings are the date as RFC 3339 writes it, without the time or the zone where the text has none:
	// several where it may mean several, none where its zone is not known, and none where Form is "".
	Readings []string
	Doubt    string    // why even a single reading may be wrong, "" for no reason
	Time     time.Time // in the date's zone, in UTC where Zoned is false; zero where two days may be meant
	Timed    bool      // whether the text says the time of the day
	Zoned    bool      // whether it names a zone, and one that has one meaning
}

// In is the time, in a zone where the text names none.
func (d DateText) In(zone *time.Location) time.Time {
	t := d.Time
	if d.Zoned {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
}

// The lengths in bytes of texts that may be dates.
const (
	shortestDate = len("7/8/2022")
	longestDate  = 100
)

// ReadDate reads a date in any of the spellings that front matter has: RFC 3339 and its relatives with
// blanks, slashes, dots or one digit, the forms of mail and HTTP, of programs that print dates, English
// dates, and Chinese and Japanese ones. Blanks around it count for nothing. What is no date, or names
// a day that no calendar has, is not ok.
func ReadDate(text string) (d DateText, ok bool) {
	text = strings.TrimSpace(text)
	if len(text) < shortestDate || len(text) > longestDate || !strings.ContainsAny(text, "0123456789") {
		return DateText{}, false
	}
	if d, ok = readISO(text); ok {
		return d, true
	}
	if d, ok = readMail(text); ok {
		return d, true
	}
	for _, f := range dateForms() {
		if m := f.pattern.FindStringSubmatch(text); m != nil {
			part := func(name string) string {
				if i := f.pattern.SubexpIndex(name); i >= 0 {
					return m[i]
				}
				return ""
			}
			return f.read(part)
		}
	}
	return DateText{}, false
}

// A dateScanner takes apart a date whose form needs no regular expression. at is -1 after a mismatch.
type dateScanner struct {
	text string
	at   int
}

// readISO reads 2022-07-22, 2022-07-22T22:48:17.5Z, 2022-07-22 22:48 +0800 and the like.
func readISO(text string) (d DateText, ok bool) {
	s := dateScanner{text: text}
	year := s.number(4, 4)
	s.one("-")
	month := s.number(2, 2)
	s.one("-")
	day := s.number(2, 2)
	hour, minute, second, nanos := 0, 0, 0, 0
	where := time.UTC
	if d.Timed = s.at >= 0 && s.at < len(text); d.Timed {
		s.one("Tt ")
		s.blanks()
		hour = s.number(1, 2)
		s.one(":")
		minute = s.number(2, 2)
		if s.maybe(':') {
			second = s.number(2, 2)
		}
		if s.maybe('.') {
			nanos = s.fraction()
		}
		s.blanks()
		where, d.Zoned = s.zone()
	}
	if s.at < len(text) {
		return DateText{}, false
	}
	d.Time = time.Date(year, time.Month(month), day, hour, minute, second, nanos, where)
	return d, isDay(d.Time, year, month, day) && isClock(hour, minute, second)
}

// readMail reads Fri, 22 Jul 2022 22:48:17 GMT, spelled just so, which is what most scrapers write:
// the form of that name reads the rest.
func readMail(text string) (d DateText, ok bool) {
	const layout = "Mon, 02 Jan 2006 15:04:05"
	if len(text) < len(layout)+2 || text[3] != ',' || text[len(layout)] != ' ' {
		return DateText{}, false
	}
	seconds, known := zoneOffset(text[len(layout)+1:])
	if !known {
		return DateText{}, false
	}
	t, err := time.ParseInLocation(layout, text[:len(layout)], location(seconds))
	if err != nil || t.Weekday().String()[:3] != text[:3] {
		return DateText{}, false
	}
	return DateText{Form: "RFC 1123", Readings: []string{t.Format(time.RFC3339)}, Time: t, Timed: true, Zoned: true}, true
}

func isDay(t time.Time, year, month, day int) bool {
	return t.Year() == year && int(t.Month()) == month && t.Day() == day
}

func isClock(hour, minute, second int) bool { return hour < 24 && minute < 60 && second < 60 }

// number reads as many digits as there are, at most the given number.
func (s *dateScanner) number(least, most int) (n int) {
	digits := 0
	for s.at >= 0 && digits < most && s.at < len(s.text) && isDigit(s.text[s.at]) {
		n = 10*n + int(s.text[s.at]-'0')
		s.at++
		digits++
	}
	if digits < least {
		s.at = -1
	}
	return n
}

// fraction reads the digits behind the point of seconds, as nanoseconds.
func (s *dateScanner) fraction() (nanos int) {
	for unit := 100_000_000; s.at >= 0 && s.at < len(s.text) && isDigit(s.text[s.at]); unit /= 10 {
		nanos += unit * int(s.text[s.at]-'0')
		s.at++
	}
	return nanos
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// one reads one of some bytes.
func (s *dateScanner) one(of string) {
	if s.at < 0 || s.at >= len(s.text) || strings.IndexByte(of, s.text[s.at]) < 0 {
		s.at = -1
		return
	}
	s.at++
}

// maybe reads a byte if it is there.
func (s *dateScanner) maybe(c byte) bool {
	if s.at < 0 || s.at >= len(s.text) || s.text[s.at] != c {
		return false
	}
	s.at++
	return true
}

func (s *dateScanner) blanks() {
	for s.maybe(' ') || s.maybe('\t') {
	}
}

// zone reads all that is left as a zone that can be read in one way: Z, UTC, GMT or an offset, with the zone's
// abbreviation behind it as Go's time.Time.String has it.
func (s *dateScanner) zone() (where *time.Location, zoned bool) {
	if s.at < 0 || s.at == len(s.text) {
		return time.UTC, false
	}
	name := s.text[s.at:]
	if offset, abbreviation, found := strings.Cut(name, " "); found && strings.Trim(abbreviation, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		name = offset
	}
	seconds, ok := zoneOffset(name)
	if !ok {
		s.at = -1
		return time.UTC, false
	}
	s.at = len(s.text)
	return location(seconds), true
}

// location is the zone that lies some seconds east of UTC.
func location(seconds int) *time.Location {
	if seconds == 0 {
		return time.UTC
	}
	return time.FixedZone("", seconds)
}

// zoneOffset gives the seconds east of UTC of a zone that is written as an offset, or that is UTC's own name.
func zoneOffset(name string) (seconds int, ok bool) {
	switch name {
	case "Z", "z", "GMT", "UTC", "UT":
		return 0, true
	}
	name = strings.TrimPrefix(strings.TrimPrefix(name, "GMT"), "UTC")
	s := dateScanner{text: name}
	s.one("+-")
	hours, minutes := s.number(1, 2), 0
	if s.at >= 0 && s.at < len(name) {
		s.maybe(':')
		minutes = s.number(2, 2)
	}
	if s.at != len(name) || hours > 14 || minutes > 59 { // No zone is further than 14 hours from UTC.
		return 0, false
	}
	if seconds = 3600*hours + 60*minutes; name[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}
