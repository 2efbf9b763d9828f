package commands

import (
	"fmt"
	"io"
	"strings"

	"copydesk/pipeline/config"
	"copydesk/pipeline/lint"
)

// roomForDoc is how many cells of a line the list of rules keeps for what a rule finds; with less,
// that goes to a line of its own.
const roomForDoc = 56

// printRuleList prints a rule a line, in columns, or two lines where the terminal is narrow.
func printRuleList(w io.Writer, list []lint.Rule) error {
	rows := [][]string{{"CODE", "NAME", "SEVERITY", "FIX", "PRESETS", "WHAT IT FINDS"}}
	for _, r := range list {
		first, _, _ := strings.Cut(r.Doc, "\n")
		rows = append(rows, []string{r.Code, r.Name, r.Severity.String(), orDash(r.Fix), presetNames(r), first})
	}
	var widths [5]int
	room := terminalWidth(w) // Of the last column.
	wide := room == 0
	for i := range widths {
		for _, row := range rows {
			widths[i] = max(widths[i], len(row[i]))
		}
		room -= widths[i] + 2
	}
	var page strings.Builder
	for n, row := range rows {
		for i, width := range widths {
			if !wide && room < 0 {
				width = 0 // What fits the terminal even so is better than columns.
			}
			fmt.Fprintf(&page, "%-*s  ", width, row[i])
		}
		switch {
		case wide || room >= roomForDoc:
			page.WriteString(row[5])
		case n > 0:
			page.WriteString("\n       " + strings.Join(wrap(row[5], terminalWidth(w)-7), "\n       "))
		}
		page.WriteByte('\n')
	}
	_, err := io.WriteString(w, page.String())
	return err
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

// printRules prints the documentation of rules.
func printRules(w io.Writer, list []lint.Rule) error {
	var page strings.Builder
	for i, r := range list {
		if i > 0 {
			page.WriteString("\n\n")
		}
		printRule(&page, r, terminalWidth(w))
	}
	_, err := io.WriteString(w, page.String())
	return err
}

// printRule prints the documentation of a rule, broken into lines of a width unless that is 0.
func printRule(w io.Writer, r lint.Rule, width int) {
	fmt.Fprintf(w, "%s %s\n", r.Code, r.Name)
	for paragraph := range strings.SplitSeq(strings.TrimSpace(r.Doc), "\n\n") {
		if width > 0 {
			paragraph = strings.Join(wrap(paragraph, min(width, 100)), "\n")
		}
		fmt.Fprintf(w, "\n%s\n", paragraph)
	}
	fmt.Fprintf(w, "\nseverity: %s\nfix: %s\npresets: %s\ngroup: %s\n", r.Severity, fixWords(r.Fix), presetWords(r), r.Group)
	for _, o := range config.Options(r.New()) {
		line := fmt.Sprintf("option %s (%s): %s%s", o.Name, o.Type(), o.Help, defaultOf(o))
		if width > 0 {
			line = strings.Join(wrap(strings.ReplaceAll(line, ",", ", "), min(width, 100)-4), "\n    ")
		}
		fmt.Fprintln(w, line)
	}
	printExample(w, "schema", r.Schema)
	printExample(w, "bad", r.Bad)
	printExample(w, "good", r.Good)
}

// fixWords says who applies the fixes of the classes, "safe/hint" for one.
func fixWords(classes string) string {
	if classes == "" {
		return "none"
	}
	return strings.NewReplacer("unsafe", "unsafe (--fix --unsafe-fixes)", "safe", "safe (--fix)", "hint", "hint (a person chooses)", "/", " or ").Replace(classes)
}

// presetWords names all presets that have the rule.
func presetWords(r lint.Rule) string {
	var with []string
	for _, preset := range lint.Presets() {
		if chosen, err := lint.Select([]lint.Rule{r}, lint.Selection{Presets: []string{preset}}); err == nil && len(chosen) > 0 {
			with = append(with, preset)
		}
	}
	if len(with) == 0 {
		return fmt.Sprintf("none; --extend-select %s adds it", r.Code)
	}
	return strings.Join(with, ", ")
}

func defaultOf(o config.Option) string {
	if text := o.String(); text != "" {
		return " (" + text + ")"
	}
	return ""
}

// printExample prints an article or a schema indented, with what can't be seen made visible.
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
