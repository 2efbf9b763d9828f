package matter

import (
	"fmt"
	"strings"
	"time"

	"copydesk/pipeline"
)

// NormalizeDates returns the edits that write the dates of keys at the top as RFC 3339 does, whatever spelling
// ReadDate reads. A date without a time of the day stays without one. A time that names no zone is one of the given zone.
// A date that may mean several is left, and so is what is no date, and where zone is nil a time without a zone.
// Nothing else changes.
func (m *Matter) NormalizeDates(keys []string, zone *time.Location) (edits []pipeline.Edit, left []Left, err error) {
	if m.Format == None {
		return nil, nil, nil
	}
	if m.Root == nil {
		return nil, nil, m.unreadable()
	}
	for _, key := range keys {
		e := m.Root.Entry(key)
		if e == nil {
			continue
		}
		text := strings.TrimSpace(e.Value.Text())
		date, ok := ReadDate(text)
		if !ok {
			if e.Value.Kind == String && text != "" {
				left = append(left, leftDate(e, key, "it is no date that has a known spelling"))
			}
			continue
		}
		written, why := date.normal(text, zone)
		if why == "" && written != text {
			var edit pipeline.Edit
			if edit, err = m.Patch(Pointer("", key), []byte(quoteJSON(written))); err != nil {
				why = err.Error()
			} else {
				edits = append(edits, edit)
			}
		}
		if why != "" {
			left = append(left, leftDate(e, key, why))
		}
	}
	return edits, left, nil
}

// leftDate tells why a date stays as it is.
func leftDate(e *Entry, key, why string) Left {
	text := strings.TrimSpace(e.Value.Text())
	return Left{e.Value.Span, fmt.Sprintf("the date %s of %s stays as it is: %s", quoted([]byte(text)), quoted([]byte(key)), why)}
}

// normal is the date as RFC 3339 writes it, or why that is not known.
func (d DateText) normal(text string, zone *time.Location) (written, why string) {
	if _, err := time.Parse(time.RFC3339, text); err == nil {
		return text, ""
	}
	switch {
	case len(d.Readings) > 1:
		return "", "it may mean " + strings.Join(d.Readings, " or ")
	case d.Doubt != "":
		return "", d.Doubt
	case d.Form != "" && len(d.Readings) == 0:
		return "", "its zone is not known"
	case !d.Timed:
		return d.Time.Format(time.DateOnly), ""
	case d.Zoned:
		return d.Time.Format(time.RFC3339Nano), ""
	case zone == nil:
		return "", "it names no zone; the option tz gives one to such dates"
	}
	at := d.In(zone)
	if at.Format(time.DateTime) != d.Time.Format(time.DateTime) {
		return "", "there is no such time in " + zone.String() + ", where clocks were put forward"
	}
	for _, shift := range []time.Duration{-time.Hour, time.Hour} {
		if at.Add(shift).Format(time.DateTime) == d.Time.Format(time.DateTime) {
			return "", "that time was twice in " + zone.String() + ", where clocks were put back"
		}
	}
	return at.Format(time.RFC3339Nano), ""
}
