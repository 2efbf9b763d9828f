package commands

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline/config"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
)

func rulesCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "rules", Usage: "list the rules of lint; with a code, a name or a prefix: their documentation",
		UsageText:    "copydesk rules [--json] [RULE...]",
		Flags:        []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print one JSON array"}},
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action: func(c *cli.Context) error {
			chosen, words := rules.All(), c.Args().Slice()
			if len(words) > 0 {
				var err error
				if chosen, err = lint.Select(chosen, lint.Selection{Select: words}); err != nil {
					return &usageError{err}
				}
			}
			switch {
			case c.Bool("json"):
				return printRulesJSON(s.Out, chosen)
			case len(words) > 0:
				for i, r := range chosen {
					if i > 0 {
						fmt.Fprintln(s.Out)
					}
					printRule(s.Out, r)
				}
				return nil
			default:
				return printRuleList(s.Out, chosen)
			}
		},
	}
}

func printRuleList(w io.Writer, list []lint.Rule) error {
	width := 0
	for _, r := range list {
		width = max(width, len(r.Name))
	}
	for _, r := range list {
		first, _, _ := strings.Cut(r.Doc, "\n")
		if _, err := fmt.Fprintf(w, "%s  %-*s  %-7s  %-11s  %-8s  %s\n", r.Code, width, r.Name, r.Severity,
			orDash(r.Fix), presetNames(r), first); err != nil {
			return err
		}
	}
	return nil
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func presetNames(r lint.Rule) string {
	if len(r.Presets) == 0 {
		return "off"
	}
	return strings.Join(r.Presets, ",")
}

func printRule(w io.Writer, r lint.Rule) {
	fmt.Fprintf(w, "%s %s\n\n%s\n\n", r.Code, r.Name, strings.TrimSpace(r.Doc))
	fmt.Fprintf(w, "severity: %s\nfix: %s\npresets: %s\ngroup: %s\n", r.Severity, orDash(r.Fix), presetNames(r), r.Group)
	for _, o := range config.Options(r.New()) {
		fmt.Fprintf(w, "option %s (%s): %s%s\n", o.Name, o.Type(), o.Help, defaultOf(o))
	}
	printExample(w, "bad", r.Bad)
	printExample(w, "good", r.Good)
}

func defaultOf(o config.Option) string {
	if text := o.String(); text != "" {
		return " (" + text + ")"
	}
	return ""
}

// printExample prints an article indented, with what can't be seen made visible.
func printExample(w io.Writer, title, article string) {
	if article == "" {
		return
	}
	fmt.Fprintf(w, "\n%s:\n", title)
	for line := range strings.SplitSeq(strings.TrimSuffix(article, "\n"), "\n") {
		line = strings.NewReplacer("\t", "→", "\r", "␍", "\ufeff", "[BOM]").Replace(line)
		fmt.Fprintln(w, strings.TrimRight("    "+line, " "))
	}
}

// ruleJSON is a rule as --json prints it.
type ruleJSON struct {
	Code     string       `json:"code"`
	Name     string       `json:"name"`
	Group    string       `json:"group"`
	Severity string       `json:"severity"`
	Fix      string       `json:"fix"`
	Presets  []string     `json:"presets"`
	Doc      string       `json:"doc"`
	Options  []optionJSON `json:"options"`
	Bad      string       `json:"bad"`
	Good     string       `json:"good"`
}

// optionJSON is an option as --json prints it.
type optionJSON struct {
	Name    string   `json:"name"`
	Type    string   `json:"type"`
	Help    string   `json:"help"`
	Default string   `json:"default"`
	Values  []string `json:"values,omitempty"`
}

func optionsJSON(target any) []optionJSON {
	list := []optionJSON{}
	for _, o := range config.Options(target) {
		list = append(list, optionJSON{o.Name, o.Type(), o.Help, o.String(), o.Values})
	}
	return list
}

func printRulesJSON(w io.Writer, chosen []lint.Rule) error {
	list := []ruleJSON{}
	for _, r := range chosen {
		list = append(list, ruleJSON{r.Code, r.Name, r.Group, r.Severity.String(), r.Fix,
			append([]string{}, r.Presets...), strings.TrimSpace(r.Doc), optionsJSON(r.New()), r.Bad, r.Good})
	}
	return printJSON(w, list)
}

// printJSON prints a value as indented JSON with <, > and & as they are.
func printJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
