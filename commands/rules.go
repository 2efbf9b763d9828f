package commands

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline/config"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
)

func rulesCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "rules", Usage: "list the rules of lint; with a code or a name: the documentation of one",
		UsageText: "copydesk rules [--json] [RULE...]",
		Description: `A code or a name (FM009, duplicate-key) is explained, with a bad and a good example. The beginning of a code,
a group or a preset (FM, metadata, web) gives the list of its rules.`,
		Flags:        []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print one JSON array, with all documentation"}},
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action: func(c *cli.Context) error {
			chosen, err := chosenRules(c.Args().Slice())
			switch {
			case err != nil:
				return &usageError{err}
			case c.Bool("json"):
				return printRulesJSON(s.Out, chosen)
			case named(chosen, c.Args().Slice()):
				return printRules(s.Out, chosen)
			default:
				return printRuleList(s.Out, chosen)
			}
		},
	}
}

// chosenRules are those that words name as --select and --preset do; all without words.
func chosenRules(words []string) ([]lint.Rule, error) {
	if len(words) == 0 {
		return rules.All(), nil
	}
	var selection lint.Selection
	for _, w := range words {
		if slices.Contains(lint.Presets(), w) {
			selection.Presets = append(selection.Presets, w)
		} else {
			selection.Select = append(selection.Select, w)
		}
	}
	return lint.Select(rules.All(), selection)
}

// named tells whether each of the chosen rules was named by its code or its name.
func named(chosen []lint.Rule, words []string) bool {
	for _, r := range chosen {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, r.Code) || strings.EqualFold(w, r.Name) }) {
			return false
		}
	}
	return true
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
	Schema   string       `json:"schema,omitempty"`
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
			append([]string{}, r.Presets...), strings.TrimSpace(r.Doc), optionsJSON(r.New()), r.Schema, r.Bad, r.Good})
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
