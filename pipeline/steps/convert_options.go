package steps

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"copydesk/pipeline/markup"
	"copydesk/pipeline/page"
)

// Validate tells whether the options fit each other.
func (c *Convert) Validate() (err error) {
	switch {
	case c.To == "" && !c.Edits():
		return errors.New("option to is missing; it is one of markdown, html, json, source, text, mdast, jsonld, jsonfeed")
	case c.Template != "" && !c.Standalone:
		return errors.New("option template is for pages: it goes with standalone")
	case c.Lang != "" && !c.Standalone:
		return errors.New("option lang is for pages: it goes with standalone")
	case c.Lang != "" && !page.IsLanguage(c.Lang):
		return fmt.Errorf("option lang takes a language tag such as en or zh-TW, not %q", c.Lang)
	case c.Trusted && !c.Standalone:
		return errors.New("option trusted is for pages: it goes with standalone; what is no page is not sanitized anyway")
	}
	if err := c.validateFormats(); err != nil {
		return err
	}
	if err := c.validateProduct(); err != nil {
		return err
	}
	if c.names, err = renamings(c.Rename); err != nil {
		return err
	}
	if c.TZ != "" {
		if c.zone, err = zone(c.TZ); err != nil {
			return err
		}
	}
	c.policy, err = c.policies.Named(c.Policy)
	return err
}

// special are the options that go with some formats only, each with whether it asks for something.
func (c *Convert) special() []special {
	html, md := []string{"html"}, []string{"markdown"}
	return []special{
		{"math", html, c.Math != "" && c.Math != string(markup.Dollars), func() { c.Math = "" }},
		{"typographer", html, c.Typographer, func() { c.Typographer = false }},
		{"standalone", html, c.Standalone, func() { c.Standalone = false }},
		{"html", md, c.HTML != "" && c.HTML != "needed", func() { c.HTML = "" }},
		{"attrs", md, c.Attrs != "", func() { c.Attrs = "" }},
		{"tables", md, c.Tables != "" && c.Tables != "gfm", func() { c.Tables = "" }},
		{"wrap", md, c.Wrap != 0, func() { c.Wrap = 0 }},
		{"cjk", append(html, md...), c.CJK != "" && c.CJK != "tags", func() { c.CJK = "" }},
	}
}

type special struct {
	option string
	to     []string // the formats that it goes with
	asked  bool
	forget func()
}

// Fit forgets options that go with other formats than the one that is written, unless they were given for this run:
// a config says how each format is to be, whatever a run writes.
func (c *Convert) Fit(given func(option string) bool) {
	for _, o := range c.special() {
		if !slices.Contains(o.to, c.To) && !given(o.option) {
			o.forget()
		}
	}
	if !c.Standalone && !given("template") {
		c.Template = ""
	}
	if !c.Standalone && !given("lang") {
		c.Lang = ""
	}
}

// validateFormats finds the mistake of an option that goes with other formats.
func (c *Convert) validateFormats() error {
	for _, o := range c.special() {
		if !o.asked || slices.Contains(o.to, c.To) {
			continue
		}
		formats := "to " + strings.Join(o.to, " and to ")
		if c.To == "" {
			return fmt.Errorf("option %s goes with %s", o.option, formats)
		}
		return fmt.Errorf("option %s goes with %s, not with to %s", o.option, formats, c.To)
	}
	switch {
	case c.HTML == "never" && c.Tables == "html":
		return errors.New("option tables is html, but option html is never")
	case c.HTML == "never" && c.Attrs != "" && c.Attrs != "drop":
		return fmt.Errorf("option attrs is %s, but option html is never: what has attributes is HTML", c.Attrs)
	case c.Wrap < 0:
		return fmt.Errorf("option wrap is %d, not a number of columns; 0 breaks no line", c.Wrap)
	}
	return nil
}
