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
	strict := &cli.BoolFlag{Name: "strict", Category: "Convert", EnvVars: env("strict"), Usage: "exit 1 when something was lost"}
	return stepCommand(s, "convert", []cli.Flag{strict}, func(c *cli.Context, f *shared, step pipeline.Step) error {
		convert := step.(*steps.Convert)
		if convert.To == "" {
			convert.To = formatOf(f.out.to)
		}
		if convert.To == "" && !convert.Edits() {
			return usage("name the format to write with --to (markdown, html, json, source, text, mdast, jsonld or jsonfeed), or what to do to the front matter: " +
				"--front-matter, --rename, --normalize-dates, --extract-meta")
		}
		convert.Fit(c.IsSet)
		if err := convert.Validate(); err != nil {
			return &usageError{err}
		}
		if f.out.write && convert.To != "" && convert.To != "source" {
			return usage("-w can't change the format of a file; write %s elsewhere with -o", convert.To)
		}
		b := batch{command: "convert", steps: []pipeline.Step{step}, strict: c.Bool(strict.Name), converts: convert.To != ""}
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
	case ".txt":
		return "text"
	default:
		return ""
	}
}

// lossy is how many documents lost something in the steps convert among those given.
func lossy(list []pipeline.Step) (n int) {
	for _, step := range list {
		if c, ok := step.(*steps.Convert); ok {
			n += c.Lossy()
		}
	}
	return n
}

// converted says in one line what a conversion did.
func converted(b batch, out *output, sum pipeline.Summary) string {
	parts := []string{count(sum.Documents, "article")}
	if done := sum.Documents - sum.Failed - sum.Carried; done > 0 {
		parts = append(parts, grouped(done)+" converted")
	}
	if n := lossy(b.steps); n > 0 {
		parts = append(parts, grouped(n)+" with losses")
	}
	parts = append(parts, failed(sum))
	if out.copied != nil && out.copied() > 0 {
		parts = append(parts, count(out.copied(), "file")+" copied")
	}
	return joinNotEmpty(", ", parts...)
}
