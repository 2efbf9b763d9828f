package steps

import (
	"context"
	"io/fs"
	"os"
	"slices"
	"sync/atomic"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/sanitize"
	"copydesk/pipeline/schema"
)

var lintSpec = pipeline.Spec{
	Name: "lint",
	Doc: `check front matter and bodies; --fix repairs

Every finding has a code, a name, a place and, where there is one, a fix. Fixes are byte edits:
what a fix does not name stays as it is, and after fixing the file is read again to prove it.`,
	New: func() pipeline.Step { return &Lint{Policy: sanitize.Default} },
}

// Lint reports what the selected rules find, and repairs it where asked to.
type Lint struct {
	Preset      []string `option:"preset" help:"sets of rules: core (the default), web, archive, cjk, strict"`
	Select      []string `option:"select" help:"only these rules: codes, names or prefixes such as FM"`
	Extend      []string `option:"extend-select" help:"these rules, too, beside those of presets"`
	Ignore      []string `option:"ignore" help:"not these rules: codes, names or prefixes"`
	Fix         bool     `option:"fix" help:"apply safe fixes"`
	UnsafeFixes bool     `option:"unsafe-fixes" help:"apply fixes that may change the meaning, too (with --fix)"`
	Baseline    string   `option:"baseline" path:"true" help:"leave out the known findings of this file"`
	Policy      string   `option:"policy" help:"the sanitizer's policy by which unsafe HTML is told"`

	Schema string `option:"schema" help:"hold all front matter to this JSON Schema: a file, or the name of one that is built in"`

	setup    lint.Options
	linter   *lint.Linter
	baseline *lint.Baseline // nil without one
	use      BaselineUse
	result   BaselineResult
	ignore   bool // suppressions are added
	reason   string
	ignored  atomic.Int64 // findings that were suppressed
}

// AddIgnore has suppressions added, with a reason, for all findings that remain.
func (l *Lint) AddIgnore(reason string) { l.ignore, l.reason = true, reason }

// Ignored counts, after the run, the findings that suppressions were added for.
func (l *Lint) Ignored() int { return int(l.ignored.Load()) }

// Configure gives the step what a config file says for the linter. Rules is the whole catalogue,
// with severities and options as the file has them; what the step's own options say is left out.
func (l *Lint) Configure(setup lint.Options) { l.setup = setup }

// Narrow has the linter ask stat about files, if it is not nil, and leave out what the filters do.
func (l *Lint) Narrow(stat func(string) (fs.FileInfo, error), filters ...lint.Filter) {
	if stat != nil {
		l.setup.Stat = stat
	}
	l.setup.Filters = append(l.setup.Filters, filters...)
}

// Name is the step's name.
func (l *Lint) Name() string { return lintSpec.Name }

// Validate tells whether the options name rules and a policy that there are.
func (l *Lint) Validate() error {
	o := l.setup
	if o.Rules == nil {
		o.Rules = rules.All()
	}
	selected, err := lint.Select(o.Rules, lint.Selection{Presets: l.Preset, Select: l.Select, Extend: l.Extend, Ignore: l.Ignore})
	if err != nil {
		return err
	}
	if o.Stat == nil {
		o.Stat = os.Stat
	}
	o.Rules, o.Policy, o.Schemas = selected, l.Policy, l.schemas
	if l.baseline != nil { // The first, since it must see all findings.
		o.Filters = slices.Insert(slices.Clone(o.Filters), 0, lint.Filter(l.baseline))
	}
	l.linter, err = lint.New(o)
	return err
}

// Prepare reads the baseline and selects the rules.
func (l *Lint) Prepare() (err error) {
	if l.Baseline != "" {
		if l.baseline, err = lint.OpenBaseline(l.Baseline, l.use.Record); err != nil {
			return err
		}
	}
	return l.Validate()
}

// schemas are those of the config, and the one that was named.
func (l *Lint) schemas() (c *schema.Chooser, err error) {
	if l.setup.Schemas != nil {
		c, err = l.setup.Schemas()
	}
	if err == nil && c == nil { // Without a config, articles name schemas from the working folder on.
		var loader *schema.Loader
		if loader, err = schema.NewLoader("."); err == nil {
			c = schema.NewChooser(loader)
		}
	}
	if err != nil || l.Schema == "" {
		return c, err
	}
	return c.Always(l.Schema)
}

// Apply repairs what it may, then reports what is left.
func (l *Lint) Apply(_ context.Context, d *pipeline.Document) error {
	if d.Skipped != nil {
		l.linter.Skip(d)
		return nil
	}
	if l.Fix {
		safety := pipeline.Safe
		if l.UnsafeFixes {
			safety = pipeline.Unsafe
		}
		if _, err := l.linter.Fix(d, safety); err != nil {
			return err
		}
	}
	if l.ignore {
		n, err := l.linter.Ignore(d, l.reason)
		if err != nil {
			return err
		}
		l.ignored.Add(int64(n))
	}
	found := l.linter.Check(d)
	reportLimit(d, markup.Known(d))
	if l.use.Record {
		return nil // The baseline has seen them.
	}
	d.Diagnostics = slices.Grow(d.Diagnostics, len(found))
	for _, f := range found {
		d.Report(f)
	}
	return nil
}
