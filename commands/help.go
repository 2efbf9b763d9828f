package commands

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// helpWidth is the column that help texts wrap at.
const helpWidth = 96

const pathHelp = `PATH is a file, a folder, a glob, an archive (.tar .tar.gz .tar.zst .zip), an article stream
(.ndjson), or - for standard input.`

const exitStatusHelp = `EXIT STATUS
  0    done; for lint: nothing at or above --fail-on remains
  1    lint: findings at or above --fail-on; --list, --diff: something would change
  2    wrong usage, config or schema; nothing was touched
  3    some documents could not be read, done or written; the others were
  130  interrupted; what was written is whole
`

// writeAppHelp prints what copydesk is and which commands it has.
func writeAppHelp(w io.Writer, app *cli.App) {
	fmt.Fprintf(w, "copydesk: %s\n\nusage: %s\n\n", app.Usage, app.UsageText)
	writeCommands(w, app.Commands)
	fmt.Fprintf(w, "\nArticles are files with front matter (YAML, TOML or JSON) and a body in Markdown or HTML.\n%s\n"+
		"\"copydesk COMMAND --help\" tells a command's flags.\n\n%s", pathHelp, exitStatusHelp)
}

// writeHelp prints the help of one command, which its user calls by name.
func writeHelp(w io.Writer, name string, c *cli.Command) {
	fmt.Fprintf(w, "%s: %s\n\nusage: %s\n", name, c.Usage, c.UsageText)
	if c.Description != "" {
		fmt.Fprintf(w, "\n%s\n", c.Description)
	}
	if len(c.Subcommands) > 0 {
		fmt.Fprintln(w)
		writeCommands(w, c.Subcommands)
	}
	inEnvironment := writeFlags(w, c.Flags)
	if strings.Contains(c.UsageText, "PATH") {
		fmt.Fprintf(w, "\n%s Flags may stand before or after paths.\n", pathHelp)
	}
	if inEnvironment {
		fmt.Fprint(w, "A flag marked * can be set in the environment, too: --max-size by COPYDESK_MAX_SIZE.\n")
	}
	fmt.Fprintf(w, "\n%s", exitStatusHelp)
}

func writeCommands(w io.Writer, list []*cli.Command) {
	for _, c := range list {
		fmt.Fprintf(w, "  %-10s %s\n", c.Name, c.Usage)
	}
}

// writeFlags prints flags by category, in the order given, and tells whether one has a variable.
func writeFlags(w io.Writer, flags []cli.Flag) (inEnvironment bool) {
	var order []string
	groups := map[string][]cli.DocGenerationFlag{}
	for _, f := range flags {
		category := ""
		if c, ok := f.(cli.CategorizableFlag); ok {
			category = c.GetCategory()
		}
		if d, ok := f.(cli.DocGenerationFlag); ok {
			if groups[category] == nil {
				order = append(order, category)
			}
			groups[category] = append(groups[category], d)
			inEnvironment = inEnvironment || len(d.GetEnvVars()) > 0
		}
	}
	for _, category := range order {
		fmt.Fprintf(w, "\n%s\n", strings.TrimSpace(category+" flags:"))
		for _, f := range groups[category] {
			writeFlag(w, f)
		}
	}
	return inEnvironment
}

// flagColumn is where the texts about flags begin.
const flagColumn = 28

func writeFlag(w io.Writer, f cli.DocGenerationFlag) {
	left := "      "
	name := ""
	for _, n := range f.(cli.Flag).Names() {
		if len(n) == 1 {
			left = "  -" + n + ", "
		} else {
			name = n
		}
	}
	usage := f.GetUsage()
	placeholder, text := "VALUE", usage
	if before, rest, ok := strings.Cut(usage, "`"); ok {
		word, after, _ := strings.Cut(rest, "`")
		placeholder, text = word, before+word+after
	}
	left += "--" + name
	if f.TakesValue() {
		left += " " + placeholder
	}
	if len(f.GetEnvVars()) > 0 {
		left += " *"
	}
	if len(left) >= flagColumn {
		fmt.Fprintln(w, left)
		left = ""
	}
	for i, line := range wrap(text, helpWidth-flagColumn) {
		if i > 0 {
			left = ""
		}
		fmt.Fprintf(w, "%-*s%s\n", flagColumn, left, line)
	}
}

// wrap breaks a text at blanks into lines of at most width columns, longer words apart.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}
