// Package config reads copydesk.yaml: what is checked, how the steps are set, and the named pipelines.
// Every mistake in it is told with its place and, where one is near, what was probably meant.
package config

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/sanitize"
	"copydesk/pipeline/schema"
	"copydesk/pipeline/steps"
)

// FileName is the name of a config file.
const FileName = "copydesk.yaml"

// maxSize is how large a config file may be, in bytes.
const maxSize = 1 << 20

// Config is what a config file says. The zero value, or nil, is no config file at all.
type Config struct {
	Path      string // of the file, as the user would open it; empty without one
	Files     Files
	Limits    Limits
	Pipelines []Pipeline // in the order of the file

	policies *sanitize.Set // nil without any of its own
	text     []byte
	settings []setting   // what a section sets for a step
	rules    []lint.Rule // the catalogue as the file configures it
	levels   []pathLevel // where that differs, the later ones winning
	schemas  []mapping   // in the order of the file
	chooser  func() (*schema.Chooser, error)
}

// Files says which files are articles.
type Files struct {
	Exclude  []string `option:"exclude" help:"globs of files that a walk leaves out"`
	Articles []string `option:"articles" help:"globs of files that must have front matter"`
}

// Limits bounds what one article may cost.
type Limits struct {
	MaxSize   string `option:"max-size" help:"bytes of the largest article file, such as 16MiB"`
	TimeLimit string `option:"time-limit" help:"how long one article may take, such as 10s"`
}

// A Pipeline is a named list of steps.
type Pipeline struct {
	Name  string
	Steps []pipeline.Step
}

// setting is one option of a step, set in the section of the step's name.
type setting struct {
	step, option string
	node         *matter.Node
}

// A Mistake is one thing wrong in a config file.
type Mistake struct {
	Path         string
	Line, Column int // from 1, columns in code points; 0 when the file could not be read
	Message      string
}

func (m *Mistake) Error() string {
	if m.Line == 0 {
		return fmt.Sprintf("%s: %s", m.Path, m.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", m.Path, m.Line, m.Column, m.Message)
}

// Find looks for a config file in a folder and upwards. It returns "" when there is none, and a path
// relative to the working folder for one that lies in it.
func Find(folder string) (string, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	here, err := filepath.Abs(".")
	if err != nil {
		return "", err
	}
	for {
		path := filepath.Join(folder, FileName)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
				path = rel
			}
			return path, nil
		}
		up := filepath.Dir(folder)
		if up == folder {
			return "", nil
		}
		folder = up
	}
}

// Load reads a config file. The error joins all mistakes found in it, each a *Mistake.
func Load(path string) (*Config, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &Mistake{Path: path, Message: "read config: " + files.Cause(err).Error()}
	}
	if !info.Mode().IsRegular() || info.Size() > maxSize {
		return nil, &Mistake{Path: path, Message: "read config: not a regular file of at most 1 MiB"}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, &Mistake{Path: path, Message: "read config: " + files.Cause(err).Error()}
	}
	return parse(path, text)
}

// parse reads the text of a config file.
func parse(path string, text []byte) (*Config, error) {
	r := &reader{config: &Config{Path: path, text: text, rules: rules.All()}, lines: pipeline.NewLines(text)}
	root, faults := matter.Parse(text, matter.YAML)
	for _, f := range faults {
		r.wrong(f.Span, "%s", f.Message)
	}
	if root != nil && len(faults) == 0 {
		r.sections(root)
	}
	if len(r.mistakes) > 0 {
		slices.SortStableFunc(r.mistakes, func(a, b *Mistake) int {
			return cmp.Or(a.Line-b.Line, a.Column-b.Column)
		})
		errs := make([]error, len(r.mistakes))
		for i, m := range r.mistakes {
			errs[i] = m
		}
		return nil, errors.Join(errs...)
	}
	r.config.chooser = sync.OnceValues(r.config.compile)
	return r.config, nil
}

// Pipeline returns the named pipeline with steps of its own. The error names those that there are.
func (c *Config) Pipeline(name string) ([]pipeline.Step, error) {
	if c == nil || len(c.Pipelines) == 0 {
		return nil, fmt.Errorf("unknown pipeline %q: no %s with pipelines was found; see --config, or name steps with --step", name, FileName)
	}
	var names []string
	for _, p := range c.Pipelines {
		if p.Name == name {
			return p.Steps, nil
		}
		names = append(names, p.Name)
	}
	near := didYouMean(name, names)
	if near == "" {
		near = "; there are " + strings.Join(names, ", ")
	}
	return nil, fmt.Errorf("%s: unknown pipeline %q%s", c.Path, name, near)
}

// Rules is the catalogue of rules as the config sets it.
func (c *Config) Rules() []lint.Rule {
	if c == nil {
		return rules.All()
	}
	return c.rules
}

// lintSetup is what the config says for the linter.
func (c *Config) lintSetup() lint.Options {
	o := lint.Options{Rules: c.Rules(), Policies: c.Policies()}
	if c == nil || c.Path == "" {
		return o
	}
	if len(c.levels) > 0 {
		o.Levels = c.levelsAt
	}
	o.Schemas = c.Schemas
	o.Articles = func(name string) bool {
		return slices.ContainsFunc(c.Files.Articles, func(glob string) bool { return c.covers(glob, name) })
	}
	return o
}

// Policies are the sanitizer's policies: the built-in ones and those that the config defines.
func (c *Config) Policies() *sanitize.Set {
	if c == nil {
		return nil
	}
	return c.policies
}

// NewStep makes a step of the named kind with the defaults that the config gives it.
func (c *Config) NewStep(name string) (pipeline.Step, error) {
	var names []string
	for _, spec := range steps.All() {
		if spec.Name == name {
			return c.configure(spec), nil
		}
		names = append(names, spec.Name)
	}
	near := didYouMean(name, names)
	if near == "" {
		near = "; there are " + strings.Join(names, ", ")
	}
	return nil, fmt.Errorf("unknown step %q%s", name, near)
}

func (c *Config) configure(spec pipeline.Spec) pipeline.Step {
	step := spec.New()
	switch s := step.(type) {
	case *steps.Lint:
		s.Configure(c.lintSetup())
	case interface{ UsePolicies(*sanitize.Set) }:
		s.UsePolicies(c.Policies())
	}
	if c != nil {
		options := Options(step)
		set := func(of func(setting) bool) {
			for _, s := range c.settings {
				if o, err := FindOption(options, s.option); err == nil && of(s) {
					_, _ = c.setNode(o, s.node) // Checked when the file was read.
				}
			}
		}
		// The policy of sanitize is also the one by which other steps tell what is unsafe.
		set(func(s setting) bool { return s.step == "sanitize" && s.option == "policy" })
		set(func(s setting) bool { return s.step == spec.Name })
	}
	return step
}

// ParseStep makes a step from a chain's text: a name, then options as name=value, split at blanks.
// A switch may stand without a value.
func (c *Config) ParseStep(text string) (pipeline.Step, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return nil, errors.New("a step without a name")
	}
	step, err := c.NewStep(words[0])
	if err != nil {
		return nil, err
	}
	options := Options(step)
	for _, word := range words[1:] {
		name, value, has := strings.Cut(word, "=")
		o, err := FindOption(options, name)
		if err == nil && !has && !o.IsBool() {
			err = fmt.Errorf("option %s needs a value: %s=…", name, name)
		}
		if err == nil {
			if !has {
				value = "true"
			}
			err = o.SetText(value)
		}
		if err != nil {
			return nil, fmt.Errorf("step %s: %w", words[0], err)
		}
	}
	narrow(step, func(option string) bool {
		return slices.ContainsFunc(words[1:], func(word string) bool { return word == option || strings.HasPrefix(word, option+"=") })
	})
	return step, nil
}
