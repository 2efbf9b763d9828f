package page

import (
	"strings"
	"time"

	"copydesk/pipeline/matter"
)

// A Date is a day, with a time of it where the article says one.
type Date struct {
	time.Time      // in its zone, in UTC where that is not known
	Timed     bool // whether the article says the time of the day
	Zoned     bool // whether the zone is known

	lang string
}

// dateAt reads the date at a JSON pointer of the front matter, which is in a zone if it names none and that is
// not nil; nil for no pointer.
func (p *Page) dateAt(pointer string, zone *time.Location) *Date {
	if pointer == "" {
		return nil
	}
	d, ok := matter.ReadDate(p.front.At(pointer).Text())
	if !ok || d.Time.IsZero() {
		return nil
	}
	date := &Date{Time: d.Time, Timed: d.Timed, Zoned: d.Zoned, lang: p.Lang}
	if zone != nil {
		date.Time, date.Zoned = d.In(zone), true
	}
	return date
}

// Machine is the date for programs: 2006-01-02, with a time and a zone where the article has them.
func (d *Date) Machine() string {
	switch {
	case !d.Timed:
		return d.Format(time.DateOnly)
	case !d.Zoned:
		return d.Format("2006-01-02T15:04:05")
	}
	return d.Format(time.RFC3339)
}

// String is the day for readers, as the language of the page writes it; 2006-01-02 in a language whose
// months are not known here.
func (d *Date) String() string {
	switch lang, _, _ := strings.Cut(d.lang, "-"); strings.ToLower(lang) {
	case "zh", "ja":
		return d.Format("2006年1月2日")
	case "ko":
		return d.Format("2006년 1월 2일")
	case "en", "":
		return d.Format("2 January 2006")
	}
	return d.Format(time.DateOnly)
}
