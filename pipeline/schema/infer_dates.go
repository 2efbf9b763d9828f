package schema

import (
	"slices"
	"strings"

	"copydesk/pipeline/matter"
)

// dates are the texts of one place that are dates.
type dates struct {
	tried, read int
	layouts     []dateLayout
	others      int    // dates of further layouts
	odd         string // the first text that is no date
}

// A dateLayout is one way in which dates are written.
type dateLayout struct {
	name    string
	example string
	n       int
}

// add reads a text as a date, until it is plain that this place does not hold dates.
func (d *dates) add(text string) (isDate bool) {
	if d.tried >= 20 && !d.most() {
		return false
	}
	d.tried++
	date, ok := matter.ReadDate(text)
	if !ok {
		if d.odd == "" && len(text) <= maxValueBytes {
			d.odd = strings.Clone(text)
		}
		return false
	}
	d.read++
	name := date.Form
	if name == "" {
		name = layout(strings.TrimSpace(text))
	}
	i := slices.IndexFunc(d.layouts, func(l dateLayout) bool { return l.name == name })
	switch {
	case i >= 0:
		d.layouts[i].n++
	case len(d.layouts) < maxLayouts:
		d.layouts = append(d.layouts, dateLayout{name, strings.Clone(text), 1})
	default:
		d.others++
	}
	return true
}

// most tells whether half of the texts at least are dates.
func (d *dates) most() bool { return d.read > 0 && 2*d.read >= d.tried }

// layout shows how a date is written that is spelled nearly as RFC 3339 has it: YYYY-MM-DD hh:mm:ss +hhmm.
func layout(text string) string {
	fields := "YMDhms"
	var out strings.Builder
	field, zone := 0, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		digit := '0' <= c && c <= '9'
		switch {
		case digit && zone:
			out.WriteByte("hhmm"[min(field, 3)])
			field++
		case digit && i > 0 && text[i-1] == '.':
			out.WriteByte('s') // However many digits a fraction has.
		case digit && field < len(fields):
			out.WriteByte(fields[field])
		case digit:
		case (c == '+' || c == '-') && field > 2:
			zone, field = true, 0
			out.WriteByte('+')
		case c == '.':
			field = len(fields)
			out.WriteByte(c)
		default:
			if !zone && i > 0 && '0' <= text[i-1] && text[i-1] <= '9' {
				field++
			}
			out.WriteByte(c)
		}
	}
	return out.String()
}
