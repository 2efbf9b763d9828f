package commands

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline/config"
	"copydesk/pipeline/report"
)

// shared are the flags that every batch command has, as given.
type shared struct {
	in     inputFlags
	out    outputFlags
	report []string // FORMAT or FORMAT:FILE
	color  string
	bar    string // --progress

	jobs        int
	maxFailures int
	timeLimit   time.Duration
	quiet       bool
	verbose     bool

	config  *config.Config // nil without one
	changes *changes       // nil when the paths themselves are read
}

// inputFlags say what is read.
type inputFlags struct {
	paths        []string
	from         string
	exclude      []string
	forceExclude bool
	showFiles    bool
	stdinName    string
	encoding     string
	maxSize      int64
}

// outputFlags say where the product goes.
type outputFlags struct {
	write, list, diff bool
	to                string // -o; empty without it
}

// flag groups, as --help shows them.
const (
	groupInput  = "Input"
	groupOutput = "Output"
	groupReport = "Report"
	groupRun    = "Run"
)

func env(name string) []string {
	return []string{"COPYDESK_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))}
}

// batchFlags are the flags of every batch command.
func batchFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "from", Category: groupInput, EnvVars: env("from"), Usage: "read bodies as `FORMAT`: markdown, html, json (found by looking if not given)"},
		&cli.StringFlag{Name: "files-from", Category: groupInput, Usage: "read paths from `FILE` (- is standard input), one a line"},
		&cli.BoolFlag{Name: "null", Aliases: []string{"0"}, Category: groupInput, Usage: "paths of --files-from end with NUL, not with a line break"},
		&cli.StringFlag{Name: "stdin-filename", Category: groupInput, Usage: "the `NAME` of the article on standard input"},
		&cli.StringSliceFlag{Name: "exclude", Category: groupInput, EnvVars: env("exclude"), Usage: "leave out what matches `GLOB` in a walk (repeatable)"},
		&cli.BoolFlag{Name: "force-exclude", Category: groupInput, EnvVars: env("force-exclude"), Usage: "leave out files named outright, too"},
		&cli.BoolFlag{Name: "show-files", Category: groupInput, Usage: "say on standard error which files were left out, and why"},
		&cli.StringFlag{Name: "encoding", Category: groupInput, EnvVars: env("encoding"), Usage: "read articles as `NAME`, such as gb18030 (found by looking if not given)"},
		&cli.StringFlag{Name: "max-size", Category: groupInput, EnvVars: env("max-size"), Usage: "`BYTES` of the largest article file (16MiB)"},
		&cli.BoolFlag{Name: "write", Aliases: []string{"w"}, Category: groupOutput, Usage: "replace the files in place"},
		&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Category: groupOutput, Usage: "write to `WHERE`: a folder, a file, an archive (.tar .tar.gz .tar.zst .zip .ndjson), or - for a stream of JSON articles"},
		&cli.BoolFlag{Name: "list", Aliases: []string{"l"}, Category: groupOutput, Usage: "only name the files that would change (exit 1 if any)"},
		&cli.BoolFlag{Name: "diff", Aliases: []string{"d"}, Category: groupOutput, Usage: "only print what would change as a unified diff (exit 1 if anything)"},
		&cli.StringSliceFlag{Name: "report", Category: groupReport, Usage: "print findings as `FORMAT[:FILE]` (repeatable; - is standard output): " + strings.Join(report.Formats(), ", ")},
		&cli.StringFlag{Name: "color", Category: groupReport, Value: "auto", EnvVars: env("color"), Usage: "colour: auto, always or never"},
		&cli.StringFlag{Name: "progress", Category: groupReport, Value: "auto", EnvVars: env("progress"), Usage: "a progress bar: auto, always or never"},
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Category: groupReport, EnvVars: env("quiet"), Usage: "say only what failed"},
		&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Category: groupReport, EnvVars: env("verbose"), Usage: "say more: what was left out, where faults come from"},
		&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}, Category: groupRun, EnvVars: env("jobs"), Usage: "work on `N` articles at once (one per processor)"},
		&cli.BoolFlag{Name: "fail-fast", Category: groupRun, EnvVars: env("fail-fast"), Usage: "stop at the first article that can't be done"},
		&cli.IntFlag{Name: "max-failures", Category: groupRun, EnvVars: env("max-failures"), Usage: "stop after `N` articles that can't be done"},
		&cli.StringFlag{Name: "time-limit", Category: groupRun, EnvVars: env("time-limit"), Usage: "give up on an article after `TIME` (30s)"},
		&cli.BoolFlag{Name: "no-cache", Category: groupRun, EnvVars: env("no-cache"), Usage: "use and keep nothing between runs (downloads are all that is kept)"},
		&cli.StringFlag{Name: "config", Category: groupRun, EnvVars: env("config"), Usage: "read `FILE` in place of the copydesk.yaml found upwards"},
		&cli.BoolFlag{Name: "no-config", Category: groupRun, EnvVars: env("no-config"), Usage: "read no config file"},
	}
}

// readShared reads and checks the flags that every batch command has.
func readShared(c *cli.Context, s Streams, paths []string) (*shared, error) {
	f := &shared{
		report: c.StringSlice("report"), color: c.String("color"), bar: c.String("progress"),
		jobs: c.Int("jobs"), maxFailures: c.Int("max-failures"),
		quiet: c.Bool("quiet"), verbose: c.Bool("verbose"),
		in: inputFlags{paths: paths, from: c.String("from"), exclude: c.StringSlice("exclude"),
			forceExclude: c.Bool("force-exclude"), showFiles: c.Bool("show-files") || c.Bool("verbose"),
			stdinName: c.String("stdin-filename"), encoding: c.String("encoding")},
		out: outputFlags{write: c.Bool("write"), list: c.Bool("list"), diff: c.Bool("diff"), to: c.String("output")},
	}
	if c.Bool("fail-fast") {
		f.maxFailures = 1
	}
	for _, check := range []struct {
		flag, value string
		words       []string
	}{
		{"color", f.color, []string{"auto", "always", "never"}},
		{"progress", f.bar, []string{"auto", "always", "never"}},
		{"from", f.in.from, []string{"", "markdown", "html", "json"}},
	} {
		if err := oneOf(check.flag, check.value, check.words); err != nil {
			return nil, err
		}
	}
	if f.jobs < 0 || f.maxFailures < 0 {
		return nil, usage("--jobs and --max-failures count from 1")
	}
	if err := f.pathList(c, s); err != nil {
		return nil, err
	}
	if err := f.loadConfig(c); err != nil {
		return nil, err
	}
	return f, f.limits(c)
}

func oneOf(flag, value string, words []string) error {
	for _, w := range words {
		if value == w {
			return nil
		}
	}
	return usage("--%s is one of %s, not %q%s", flag, strings.TrimPrefix(strings.Join(words, ", "), ", "), value, didYouMean(value, words))
}

// pathList adds the paths of --files-from.
func (f *shared) pathList(c *cli.Context, s Streams) error {
	list := c.String("files-from")
	if list == "" {
		if len(f.in.paths) == 0 && !c.Bool("staged") && !c.IsSet("changed-since") {
			return usage("name files or folders, or - for standard input")
		}
		return nil
	}
	var in = s.In
	if list != "-" {
		file, err := os.Open(list)
		if err != nil {
			return &usageError{err}
		}
		defer file.Close()
		in = file
	}
	end := byte('\n')
	if c.Bool("null") {
		end = 0
	}
	paths, err := readPaths(in, end)
	f.in.paths = append(f.in.paths, paths...)
	return err
}

// readPaths reads paths that end with the byte end each.
func readPaths(in io.Reader, end byte) ([]string, error) {
	var paths []string
	for r := bufio.NewReader(in); ; {
		line, err := r.ReadBytes(end)
		if line = bytes.TrimSuffix(line, []byte{end}); end == '\n' {
			line = bytes.TrimSuffix(line, []byte{'\r'})
		}
		if len(line) > 0 {
			paths = append(paths, string(line))
		}
		if errors.Is(err, io.EOF) {
			return paths, nil
		}
		if err != nil {
			return nil, usage("read --files-from: %w", err)
		}
	}
}

// loadConfig finds and reads the config file.
func (f *shared) loadConfig(c *cli.Context) (err error) {
	f.config, err = readConfig(c, filepath.Dir(f.in.stdinName))
	return err
}

// readConfig reads the config that the flags name or, without one, the one found from folder upwards.
func readConfig(c *cli.Context, folder string) (*config.Config, error) {
	path := c.String("config")
	if c.Bool("no-config") {
		if c.IsSet("config") {
			return nil, usage("--config and --no-config exclude each other")
		}
		return nil, nil
	}
	if path == "" {
		var err error
		if path, err = config.Find(folder); err != nil || path == "" {
			return nil, err
		}
	}
	return config.Load(path)
}

// limits reads what has a default in the config, too.
func (f *shared) limits(c *cli.Context) error {
	size, limit := c.String("max-size"), c.String("time-limit")
	if f.config != nil {
		f.in.exclude = append(f.in.exclude, f.config.Files.Exclude...)
		if size == "" {
			size = f.config.Limits.MaxSize
		}
		if limit == "" {
			limit = f.config.Limits.TimeLimit
		}
	}
	f.in.maxSize, f.timeLimit = 16<<20, 30*time.Second
	if size != "" {
		n, err := config.ParseBytes(size)
		if err != nil {
			return usage("--max-size: %v", err)
		}
		f.in.maxSize = n
	}
	if limit != "" {
		d, err := config.ParseTime(limit)
		if err != nil {
			return usage("--time-limit: %v", err)
		}
		f.timeLimit = d
	}
	return nil
}
