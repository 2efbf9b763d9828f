package steps

import (
	"fmt"
	"strings"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
)

// dateKeys are the keys of front matter whose values are dates.
var dateKeys = []string{
	"date", "Date", "lastmod", "updated", "modified", "created", "published", "publishDate", "expiryDate", "pubDate", "pubDatetime",
	"updatedDate", "last_modified_at", "datePublished", "dateModified", "created_at", "createdAt", "updated_at", "updatedAt", "ms.date",
}

// renamings reads old=new.
func renamings(pairs []string) (names []matter.Renaming, err error) {
	for _, pair := range pairs {
		from, to, found := strings.Cut(pair, "=")
		from, to = strings.TrimSpace(from), strings.TrimSpace(to)
		if !found || from == "" || to == "" || strings.Contains(to, "=") {
			return nil, fmt.Errorf("option rename takes old=new, not %q", pair)
		}
		names = append(names, matter.Renaming{From: from, To: to})
	}
	return names, nil
}

// zone finds a time zone by its name in the system's data base, or by its offset.
func zone(name string) (*time.Location, error) {
	if at, err := time.Parse("-07:00", name); err == nil {
		_, seconds := at.Zone()
		return time.FixedZone(name, seconds), nil
	}
	found, err := time.LoadLocation(name)
	if err == nil {
		return found, nil
	}
	if _, none := time.LoadLocation("Europe/London"); none != nil {
		return nil, fmt.Errorf("option tz: this system has no data base of time zones to find %q in; "+
			"install it (package tzdata), or give an offset, +08:00", name)
	}
	return nil, fmt.Errorf("option tz: unknown time zone %q; it is a name of the IANA data base, Asia/Shanghai, or an offset, +08:00", name)
}

// frontMatter carries out what the options want done to the front matter.
func (c *Convert) frontMatter(d *pipeline.Document) error {
	if c.ExtractMeta {
		if err := c.extractMeta(d); err != nil {
			return err
		}
	}
	if len(c.names) > 0 {
		edits, left, err := matter.Of(d).RenameKeys(c.names)
		if err == nil {
			err = leave(d, "CV002", "key-conflict", edits, left)
		}
		if err != nil {
			return fmt.Errorf("rename keys of the front matter: %w", err)
		}
	}
	if c.NormalizeDates {
		edits, left, err := matter.Of(d).NormalizeDates(dateKeys, c.zone)
		if err == nil {
			err = leave(d, "CV003", "date-unclear", edits, left)
		}
		if err != nil {
			return fmt.Errorf("normalize dates of the front matter: %w", err)
		}
	}
	return c.syntax(d)
}

// leave carries out edits, and tells what is left as it was.
func leave(d *pipeline.Document, code, rule string, edits []pipeline.Edit, left []matter.Left) error {
	for _, l := range left {
		d.Report(pipeline.Diagnostic{Span: l.Span, Severity: pipeline.Warning, Code: code, Rule: rule, Message: l.Message})
	}
	return d.Apply(edits...)
}

// syntax gives the front matter the syntax that is asked for, or takes it away.
func (c *Convert) syntax(d *pipeline.Document) error {
	to := matter.Format(c.FrontMatter)
	switch c.FrontMatter {
	case "", "keep", string(matter.EnvelopeOf(d).Format):
		return nil
	case "none":
		to = matter.None
	}
	edits, losses, err := matter.Of(d).Convert(to)
	switch {
	case err != nil && to == matter.None:
		return fmt.Errorf("take the front matter away: %w", err)
	case err != nil:
		return fmt.Errorf("convert the front matter to %s: %w", c.FrontMatter, err)
	}
	for _, l := range losses {
		found := pipeline.Diagnostic{Span: l.Span, Severity: pipeline.Warning, Code: "CV001", Rule: "conversion-loss", Message: l.Message}
		if l.Minor {
			found.Severity = pipeline.Info
		}
		d.Report(found)
	}
	return d.Apply(edits...)
}
