package lint

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"copydesk/pipeline"
)

// A Rule is an entry in the list of rules.
type Rule struct {
	Code     string // two capitals for the group, three digits: "MT001"
	Name     string // in kebab case: "date-format"
	Doc      string // the first line says what it finds, the rest why that matters
	Group    string // "metadata"
	Severity pipeline.Severity
	Presets  []string // of core, web, archive and cjk; none: only when selected by name
	// Fix is the class of its fixes: "", "safe", "unsafe", "hint", or two of them with a slash.
	Fix  string
	Bad  string // an article that the rule finds fault with
	Good string // the same article as it should be
	// Schema is the JSON Schema, in YAML, that the examples are held to; "" for none.
	Schema string
	// New returns a pointer to the rule's struct with its default options. The fields that are options
	// are exported and carry the tags `option:"name"` and `help:"what it does"`. To set options, wrap
	// New by a function that sets them on what it returns.
	New func() Checker
}

// A Checker looks at one document and reports what is wrong. It is shared by all workers,
// so Check must not change it.
type Checker interface{ Check(*Pass) }

// A Preparer is a Checker that looks at its options once, before the first document. Its error is a mistake of
// whoever set them, and ends the run.
type Preparer interface{ Prepare() error }

// A Finisher is a Checker that compares documents with each other. Finish is called for each document
// in the order of the source, by one goroutine, after Check, and may keep state between the calls.
type Finisher interface{ Finish(*Pass) }

// A Reviewer is a Checker that judges suppressions. Review is called for each document that has any,
// after Check of all rules, when Pass.Used knows what was suppressed.
type Reviewer interface{ Review(*Pass) }

// Validate tells what is wrong with a list of rules: all of it, as one error.
func Validate(all []Rule) error {
	var errs []error
	seen := map[string]bool{}
	for _, r := range all {
		for _, err := range r.faults() {
			errs = append(errs, fmt.Errorf("rule %s %s: %w", r.Code, r.Name, err))
		}
		for _, id := range []string{r.Code, r.Name} {
			if seen[id] {
				errs = append(errs, fmt.Errorf("rule %s %s: %q is there twice", r.Code, r.Name, id))
			}
			seen[id] = true
		}
	}
	return errors.Join(errs...)
}

func (r *Rule) faults() (errs []error) {
	add := func(bad bool, format string, args ...any) {
		if bad {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	add(!validCode(r.Code), "the code is not two capitals and three digits")
	add(!validName(r.Name), "the name is not in kebab case")
	add(strings.TrimSpace(r.Doc) == "", "it has no Doc")
	add(r.Group == "", "it has no Group")
	add(!slices.Contains(fixClasses, r.Fix), "unknown class of fix %q", r.Fix)
	for _, p := range r.Presets {
		add(!slices.Contains(presets[:len(presets)-1], p), "unknown preset %q", p)
	}
	if r.New == nil {
		return append(errs, errors.New("it has no New"))
	}
	return append(errs, optionFaults(r.New())...)
}

var fixClasses = []string{"", "safe", "unsafe", "hint", "safe/hint", "safe/unsafe"}

func validCode(code string) bool {
	return len(code) == 5 && strings.Trim(code[:2], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" &&
		strings.Trim(code[2:], "0123456789") == ""
}

func validName(name string) bool {
	for part := range strings.SplitSeq(name, "-") {
		if part == "" || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz") != "" {
			return false
		}
	}
	return true
}

// optionFaults looks for exported fields of a checker's struct that lack an option's tags.
func optionFaults(c Checker) (errs []error) {
	if c == nil {
		return []error{errors.New("New returns nil")}
	}
	t := reflect.TypeOf(c)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if f.IsExported() && (f.Tag.Get("option") == "" || f.Tag.Get("help") == "") {
			errs = append(errs, fmt.Errorf("the option field %s lacks the tag option or help", f.Name))
		}
	}
	return errs
}
