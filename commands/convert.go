package commands

import (
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
	"copydesk/pipeline/feed"
	"copydesk/pipeline/steps"
)

func convertCommand(s Streams) *cli.Command {
	return stepCommand(s, "convert", nil, func(c *cli.Context, f *shared, step pipeline.Step) error {
		convert := step.(*steps.Convert)
		if convert.To == "" {
			convert.To = formatOf(f.out.to)
		}
		if convert.To == "" && !convert.Edits() {
			return usage("name the format to write with --to (markdown, html, json or source), or what to do to the front matter: " +
				"--front-matter, --rename, --normalize-dates, --extract-meta")
		}
		if f.out.write && convert.To != "" && convert.To != "source" {
			return usage("-w can't change the format of a file; write %s elsewhere with -o", convert.To)
		}
		b := batch{command: "convert", steps: []pipeline.Step{step}}
		switch convert.To { // What carries bytes carries those that are not text, too.
		case "json":
			b.carry = feed.AsJSON
		case "source":
			b.carry = feed.AsBytes
		}
		return runBatch(c.Context, s, f, b)
	})
}

// formatOf is the format that the extension of an output file asks for.
func formatOf(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".markdown":
		return "markdown"
	case ".html", ".htm":
		return "html"
	case ".json":
		return "json"
	default:
		return ""
	}
}
