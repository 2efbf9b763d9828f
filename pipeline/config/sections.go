package config

import (
	"fmt"
	"slices"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/steps"
)

// reader walks a config file and gathers its mistakes.
type reader struct {
	config   *Config
	lines    *pipeline.Lines
	mistakes []*Mistake
}

func (r *reader) wrong(at pipeline.Span, format string, args ...any) {
	p := r.lines.At(at.Start, pipeline.CodePoints)
	r.mistakes = append(r.mistakes, &Mistake{r.config.Path, p.Line, p.Column, fmt.Sprintf(format, args...)})
}

// A section is a key at the top of the file.
type section struct {
	name string
	help string
	read func(*reader, *matter.Node)
}

// sectionList lists the sections in the order in which they are documented.
func sectionList() []section {
	list := []section{
		{"files", "which files are articles", func(r *reader, n *matter.Node) { r.options(n, "files", &r.config.Files) }},
		{"schema", "glob -> the JSON Schema of front matter: a file, the name of one that is built in, or the schema itself; the first glob that means an article counts", (*reader).schemaMap},
		{"rules", "rule code, name or group -> severity, off, or its options", (*reader).rules},
	}
	for _, spec := range steps.All() {
		list = append(list, section{spec.Name, "the defaults of the step " + spec.Name,
			func(r *reader, n *matter.Node) { r.stepSection(spec, n) }})
	}
	return append(list,
		section{"limits", "what one article may cost", (*reader).limits},
		section{"pipelines", "name -> list of steps", (*reader).pipelines})
}

// sections reads the whole file. Pipelines come last, whatever the order of the file,
// since their steps begin with the defaults of the other sections.
func (r *reader) sections(root *matter.Node) {
	if root.Kind == matter.Null {
		return
	}
	if root.Kind != matter.Mapping {
		r.wrong(root.Span, "a config file is a mapping of sections, not a %s", root.Kind)
		return
	}
	list := sectionList()
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = s.name
	}
	for _, e := range root.Entries {
		if !slices.Contains(names, e.Key) {
			r.wrong(e.KeySpan, "unknown section %q%s", e.Key, didYouMean(e.Key, names))
		}
	}
	r.definePolicies(root)
	for _, s := range list {
		if s.name == "pipelines" {
			r.checkPolicies()
		}
		if e := root.Entry(s.name); e != nil && e.Value.Resolve().Kind != matter.Null {
			s.read(r, e.Value.Resolve())
		}
	}
}

// mapping checks that a value is a mapping.
func (r *reader) mapping(n *matter.Node, what string) bool {
	if n.Kind == matter.Mapping {
		return true
	}
	r.wrong(n.Span, "%s is a mapping, not a %s", what, n.Kind)
	return false
}

// options sets the options of target from a mapping.
func (r *reader) options(n *matter.Node, of string, target any) {
	if !r.mapping(n, of) {
		return
	}
	options := Options(target)
	for _, e := range n.Entries {
		r.option(options, of, e)
	}
}

// option sets one option, and tells whether it could; more are words that may have been meant instead.
func (r *reader) option(options []Option, of string, e matter.Entry, more ...string) bool {
	o, err := FindOption(options, e.Key)
	if err != nil {
		names := more
		for _, o := range options {
			names = append(names, o.Name)
		}
		r.wrong(e.KeySpan, "unknown option %q of %s%s", e.Key, of, didYouMean(e.Key, names))
		return false
	}
	if of == "step lint" && e.Key == "schema" {
		r.wrong(e.KeySpan, "the option schema of step lint is for the command line; here the section schema maps globs to schemas, such as \"**\": FILE")
		return false
	}
	if n, err := r.config.setNode(o, e.Value); err != nil {
		r.wrong(n.Span, "%s: %v", of, err)
		return false
	}
	return true
}

// limits reads what one article may cost.
func (r *reader) limits(n *matter.Node) {
	limits := &r.config.Limits
	r.options(n, "limits", limits)
	for _, check := range []struct {
		name, value string
		parse       func(string) error
	}{
		{"max-size", limits.MaxSize, func(v string) error { _, err := ParseBytes(v); return err }},
		{"time-limit", limits.TimeLimit, func(v string) error { _, err := ParseTime(v); return err }},
	} {
		if e := n.Entry(check.name); e != nil && check.value != "" {
			if err := check.parse(check.value); err != nil {
				r.wrong(e.Value.Span, "limits: option %s: %v", check.name, err)
			}
		}
	}
}

// stepSection reads the defaults of a step.
func (r *reader) stepSection(spec pipeline.Spec, n *matter.Node) {
	if !r.mapping(n, spec.Name) {
		return
	}
	before, options := len(r.mistakes), Options(spec.New())
	for _, e := range n.Entries {
		if isSectionKey(spec.Name, e.Key) {
			continue
		}
		if r.option(options, "step "+spec.Name, e, sectionKeys(spec.Name)...) {
			r.config.settings = append(r.config.settings, setting{spec.Name, e.Key, e.Value})
		}
	}
	if v, ok := r.config.configure(spec).(interface{ CheckDefaults() error }); ok && len(r.mistakes) == before {
		if err := v.CheckDefaults(); err != nil {
			r.wrong(n.Span, "step %s: %v", spec.Name, err)
		}
	}
}

// pipelines reads the named lists of steps.
func (r *reader) pipelines(n *matter.Node) {
	if !r.mapping(n, "pipelines") {
		return
	}
	for _, e := range n.Entries {
		list := e.Value.Resolve()
		if list.Kind != matter.Sequence || len(list.Items) == 0 {
			r.wrong(e.Value.Span, "pipeline %q is a list of steps", e.Key)
			continue
		}
		p := Pipeline{Name: e.Key}
		for _, item := range list.Items {
			if step := r.step(item.Resolve()); step != nil {
				p.Steps = append(p.Steps, step)
			}
		}
		r.config.Pipelines = append(r.config.Pipelines, p)
	}
}

// step reads one step of a pipeline: its name, or a mapping of its name to its options.
func (r *reader) step(n *matter.Node) pipeline.Step {
	name, span, options := n.Value, n.Span, (*matter.Node)(nil)
	if n.Kind == matter.Mapping && len(n.Entries) == 1 {
		e := n.Entries[0]
		name, span, options = e.Key, e.KeySpan, e.Value.Resolve()
	} else if n.Kind != matter.String {
		r.wrong(n.Span, "a step is a name, or a name with options, such as \"images: {widths: [320]}\"")
		return nil
	}
	step, err := r.config.NewStep(name)
	if err != nil {
		r.wrong(span, "%v", err)
		return nil
	}
	before := len(r.mistakes)
	if options != nil && options.Kind != matter.Null {
		r.options(options, "step "+name, step)
	}
	if len(r.mistakes) == before {
		narrow(step, func(option string) bool {
			return options != nil && slices.ContainsFunc(options.Entries, func(e matter.Entry) bool { return e.Key == option })
		})
		if err := fit(step); err != nil {
			r.wrong(span, "step %s: %v", name, err)
		}
	}
	return step
}

// narrow forgets what the section of a step says that does not go with what is given for this use of it.
func narrow(step pipeline.Step, given func(option string) bool) {
	if s, ok := step.(interface{ Fit(given func(string) bool) }); ok {
		s.Fit(given)
	}
}

// fit tells whether the options of a step fit each other, and reads no files for that where the step knows how to.
func fit(step pipeline.Step) error {
	switch s := step.(type) {
	case interface{ Validate() error }:
		return s.Validate()
	case pipeline.Preparer:
		return s.Prepare()
	}
	return nil
}
