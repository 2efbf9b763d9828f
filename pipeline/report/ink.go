package report

import (
	"strings"

	"github.com/fatih/color"

	"copydesk/pipeline"
)

// A style is what stands before and behind a text to colour it; empty without colour, which
// therefore never changes the layout.
type style struct{ before, after string }

// append appends a text in the style.
func (s style) append(dst []byte, text ...string) []byte {
	dst = append(dst, s.before...)
	for _, t := range text {
		dst = append(dst, t...)
	}
	return append(dst, s.after...)
}

// ink has the styles of what is printed.
type ink struct {
	path, code, mark style
	severities       [pipeline.Error + 1]style
}

func newInk(on bool) ink {
	with := func(attribute color.Attribute) style {
		if !on {
			return style{}
		}
		c := color.New(attribute)
		c.EnableColor()
		before, after, _ := strings.Cut(c.Sprint("|"), "|")
		return style{before, after}
	}
	return ink{
		path: with(color.Bold),
		code: with(color.Faint),
		mark: with(color.FgGreen),
		severities: [...]style{
			pipeline.Info:    with(color.FgCyan),
			pipeline.Warning: with(color.FgYellow),
			pipeline.Error:   with(color.FgRed),
		},
	}
}

func (k ink) severity(dst []byte, s pipeline.Severity) []byte {
	return append(k.severities[s].append(dst, s.String()), ": "...)
}
