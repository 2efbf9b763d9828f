package sanitize

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

//go:embed policies/*.yaml
var files embed.FS

// builtIn are the policies that copydesk brings, by name. Their files are read when one is applied, or extended.
var builtIn = func() map[string]entry {
	all := map[string]entry{}
	for _, name := range []string{"article", "basic", "email", "feed", "strict"} {
		read := sync.OnceValue(func() *definition { return readBuiltIn(name) })
		all[name] = entry{newPolicy(name, read), read}
	}
	return all
}()

// readBuiltIn reads the file of a built-in policy; a test reads them all.
func readBuiltIn(name string) *definition {
	text, err := files.ReadFile("policies/" + name + ".yaml")
	if err != nil {
		panic(err) // The names above are those of the files.
	}
	root, broken := matter.Parse(text, matter.YAML)
	def, faults := readDefinition(root, func(base string) (*definition, error) { return readBuiltIn(base), nil })
	if len(broken)+len(faults) > 0 {
		panic(fmt.Sprint(name, broken, faults)) // The files ship with the program.
	}
	return def
}

// entry is a policy with its definition.
type entry struct {
	policy *Policy
	read   func() *definition
}

// A Set is the policies that can be named: the built-in ones and those that a config defines.
// The nil Set has the built-in ones. Once defined it is safe for concurrent use.
type Set struct {
	own map[string]entry
}

// Define adds the policies of a mapping of names to definitions, as the section sanitize.policies of a
// config has it. A policy may extend a built-in one, or one that stands above it, and it may have the
// name of a built-in one, which it replaces. It returns all mistakes.
func (s *Set) Define(n *matter.Node) (faults []Fault) {
	if n.Kind != matter.Mapping {
		return []Fault{{n.Span, fmt.Sprintf("policies is a mapping of names to definitions, not a %s", n.Kind)}}
	}
	if s.own == nil {
		s.own = map[string]entry{}
	}
	for _, e := range n.Entries {
		if !isName(e.Key) {
			faults = append(faults, Fault{e.KeySpan, fmt.Sprintf("the name of a policy is of letters, digits and hyphens, not %q", e.Key)})
			continue
		}
		def, wrong := readDefinition(e.Value.Resolve(), s.definition)
		for _, f := range wrong {
			faults = append(faults, Fault{f.Span, fmt.Sprintf("policy %s: %s", e.Key, f.Message)})
		}
		if def == nil {
			def = newDefinition()
		}
		read := func() *definition { return def }
		s.own[e.Key] = entry{newPolicy(e.Key, read), read}
	}
	return faults
}

func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
}

func (s *Set) find(name string) (entry, error) {
	if s != nil {
		if e, ok := s.own[name]; ok {
			return e, nil
		}
	}
	if e, ok := builtIn[name]; ok {
		return e, nil
	}
	if near := report.Suggest(name, s.Names()); near != "" {
		return entry{}, fmt.Errorf("unknown policy %q; did you mean %q?", name, near)
	}
	return entry{}, fmt.Errorf("unknown policy %q; there are %s", name, strings.Join(s.Names(), ", "))
}

func (s *Set) definition(name string) (*definition, error) {
	e, err := s.find(name)
	if err != nil {
		return nil, err
	}
	return e.read(), nil
}

// Names returns the names of all policies, sorted.
func (s *Set) Names() []string {
	names := slices.Collect(maps.Keys(builtIn))
	if s != nil {
		for name := range s.own {
			if _, ok := builtIn[name]; !ok {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// Named returns a policy. Of those built in, article keeps what an article is made of, with figures,
// tables, code, details and safe media; basic keeps text structure and links; email what mail clients
// show; feed what readers of feeds keep; strict keeps text only. The error says which was probably meant.
func (s *Set) Named(name string) (*Policy, error) {
	e, err := s.find(name)
	return e.policy, err
}

// Show writes a policy as YAML that defines the same policy where it stands under sanitize.policies.
func (s *Set) Show(name string) (string, error) {
	def, err := s.definition(name)
	if err != nil {
		return "", err
	}
	return def.show(name), nil
}

// Named returns a built-in policy.
func Named(name string) (*Policy, error) { return (*Set)(nil).Named(name) }

// Policies returns the names of the built-in policies, sorted.
func Policies() []string { return (*Set)(nil).Names() }
