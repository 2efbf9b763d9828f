package report

import (
	"github.com/fatih/color"

	"copydesk/pipeline"
)

// ink colours the parts of what is printed, or leaves them alone: colour never changes the layout.
type ink struct {
	path, code, mark func(a ...any) string
	severities       [pipeline.Error + 1]func(a ...any) string
}

func newInk(on bool) ink {
	with := func(attributes ...color.Attribute) func(a ...any) string {
		c := color.New(attributes...)
		c.DisableColor()
		if on {
			c.EnableColor()
		}
		return c.SprintFunc()
	}
	return ink{
		path: with(color.Bold),
		code: with(color.Faint),
		mark: with(color.FgGreen),
		severities: [...]func(a ...any) string{
			pipeline.Info:    with(color.FgCyan),
			pipeline.Warning: with(color.FgYellow),
			pipeline.Error:   with(color.FgRed),
		},
	}
}

func (k ink) severity(s pipeline.Severity) string { return k.severities[s](s.String()) }
