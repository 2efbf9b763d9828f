package commands

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"copydesk/pipeline/git"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

// planHook plans the file by which the tool that the options name runs copydesk before every commit.
func planHook(ctx context.Context, repo *git.Repository, o initOptions) (starting, error) {
	switch o.hook {
	case "git":
		return planGitHook(ctx, repo, o.fix)
	case "lefthook":
		return planLefthook(repo, o.fix)
	}
	return planYAML(repo.Top(".pre-commit-config.yaml"), preCommitPlaces(o.fix), "pre-commit install")
}

// withFix adds the flag for repairs to a command.
func withFix(command string, fix bool) string {
	if fix {
		return command + " --fix"
	}
	return command
}

func planGitHook(ctx context.Context, repo *git.Repository, fix bool) (starting, error) {
	command := withFix("copydesk lint --staged", fix)
	path, err := repo.HookPath(ctx, "pre-commit")
	if err != nil {
		return starting{}, fmt.Errorf("%w; add to its pre-commit hook: %s || exit 1", err, command)
	}
	text, err := readExisting(path)
	switch {
	case err != nil:
		return starting{}, err
	case bytes.Contains(text, []byte("copydesk lint")):
		return starting{path: path, why: "runs copydesk already"}, nil
	case text != nil:
		return starting{}, fmt.Errorf("%s is there, and what it does must not be lost; add to it: %s || exit 1", report.Quote(path), command)
	}
	return starting{path: path, mode: 0o777, text: []byte("#!/bin/sh\n" +
		"# Lints the articles of every commit, as they are staged. To commit nevertheless: git commit --no-verify\n" +
		"exec " + command + "\n")}, nil
}

// planLefthook adds to whichever config lefthook has; to those that are not YAML by hand.
func planLefthook(repo *git.Repository, fix bool) (starting, error) {
	places := lefthookPlaces(fix)
	for _, stem := range []string{"lefthook", ".lefthook"} {
		for _, extension := range []string{".yml", ".yaml", ".toml", ".json"} {
			path := repo.Top(stem + extension)
			text, err := readExisting(path)
			switch {
			case err != nil:
				return starting{}, err
			case text == nil:
			case extension == ".toml" || extension == ".json":
				return starting{}, byHand(path, "it is not YAML", places[len(places)-1])
			default:
				return planYAML(path, places, "lefthook install")
			}
		}
	}
	return planYAML(repo.Top("lefthook.yml"), places, "lefthook install")
}

// A yamlPlace is where lines can be put into a YAML file: at the end of the collection that keys, from the
// top of the file, lead to.
type yamlPlace struct {
	keys  []string
	items bool // it is a list
	lines string
}

func preCommitPlaces(fix bool) []yamlPlace {
	repo := `- repo: local
  hooks:
    - id: copydesk-lint
      name: copydesk lint
      entry: ` + withFix("copydesk lint --force-exclude", fix) + `
      language: system
      types_or: [markdown, mdx, html, plain-text]
      require_serial: true
`
	return []yamlPlace{{[]string{"repos"}, true, repo}, {nil, false, "repos:\n" + indented(repo, "  ")}}
}

func lefthookPlaces(fix bool) []yamlPlace {
	job := `glob: "*.{md,markdown,mdx,html,htm,txt}"
run: ` + withFix("copydesk lint --staged", fix) + "\n"
	commands := "copydesk:\n" + indented(job, "  ")
	return []yamlPlace{
		{[]string{"pre-commit", "jobs"}, true, "- name: copydesk\n" + indented(job, "  ")},
		{[]string{"pre-commit", "commands"}, false, commands},
		{[]string{"pre-commit"}, false, "commands:\n" + indented(commands, "  ")},
		{nil, false, "pre-commit:\n  commands:\n" + indented(commands, "    ")},
	}
}

// planYAML plans a new YAML file, or an old one with lines put into the first of the places that it has.
func planYAML(path string, places []yamlPlace, then string) (starting, error) {
	whole := places[len(places)-1]
	text, err := readExisting(path)
	if err != nil {
		return starting{}, err
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return starting{path: path, text: []byte(whole.lines), mode: 0o666, then: then}, nil
	}
	root, faults := matter.Parse(text, matter.YAML)
	if root == nil || len(faults) > 0 {
		return starting{}, byHand(path, "it is not valid YAML", whole)
	}
	if runsCopydesk(root) {
		return starting{path: path, why: "runs copydesk already"}, nil
	}
	for _, place := range places {
		node := root
		for _, key := range place.keys {
			node = node.Get(key)
		}
		if node == nil || node.Kind == matter.Null {
			continue
		}
		added, err := putYAML(text, root, node, place)
		if err != nil {
			return starting{}, byHand(path, err.Error(), whole)
		}
		return starting{path: path, text: added, mode: 0o666, added: true, then: then}, nil
	}
	return starting{}, byHand(path, "it is not laid out as expected", whole)
}

// byHand asks the user to add lines.
func byHand(path, why string, place yamlPlace) error {
	return fmt.Errorf("%s can't be added to safely, since %s; add to it:\n\n%s", report.Quote(path), why, strings.TrimSuffix(indented(place.lines, "    "), "\n"))
}

func indented(lines, by string) string {
	return by + strings.ReplaceAll(strings.TrimSuffix(lines, "\n"), "\n", "\n"+by) + "\n"
}

// runsCopydesk tells whether a hook of copydesk stands in a config of hooks.
func runsCopydesk(n *matter.Node) (yes bool) {
	n.Walk(func(_ string, v *matter.Node) {
		yes = yes || strings.Contains(v.Value, "copydesk lint") || strings.HasPrefix(v.Value, "copydesk-")
	})
	return yes
}

// putYAML puts lines behind the last entry of a collection that is laid out in lines, and reads the
// result to see that it says what the text said, and what the lines say.
func putYAML(text []byte, root, node *matter.Node, place yamlPlace) ([]byte, error) {
	var first, last int
	switch {
	case place.items && node.Kind == matter.Sequence && len(node.Items) > 0:
		first, last = node.Span.Start, node.Items[len(node.Items)-1].Span.End
	case !place.items && node.Kind == matter.Mapping && len(node.Entries) > 0:
		first, last = node.Entries[0].KeySpan.Start, node.Entries[len(node.Entries)-1].Span.End
	default:
		return nil, errors.New("it is not laid out as expected")
	}
	indent := text[bytes.LastIndexByte(text[:first], '\n')+1 : first]
	if c := text[first]; len(bytes.Trim(indent, " ")) > 0 || c == '[' || c == '{' {
		return nil, errors.New("what it would go into does not stand on lines of its own")
	}
	lineBreak := "\n"
	if bytes.Contains(text, []byte("\r\n")) {
		lineBreak = "\r\n"
	}
	at := last
	if text[at-1] != '\n' {
		if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
			at += n + 1
		} else {
			at = len(text)
		}
	}
	var added bytes.Buffer
	added.Write(text[:at])
	if text[at-1] != '\n' {
		added.WriteString(lineBreak)
	}
	added.WriteString(strings.ReplaceAll(indented(place.lines, string(indent)), "\n", lineBreak))
	added.Write(text[at:])
	return added.Bytes(), sameBeside(root, added.Bytes())
}

// sameBeside tells whether a YAML text says all that root does, and runs copydesk.
func sameBeside(root *matter.Node, text []byte) error {
	now, faults := matter.Parse(text, matter.YAML)
	if now == nil || len(faults) > 0 || !runsCopydesk(now) {
		return errors.New("the lines would not be read")
	}
	is := map[string]string{}
	now.Walk(func(pointer string, n *matter.Node) { is[pointer] = n.Value })
	same := true
	root.Walk(func(pointer string, n *matter.Node) {
		value, ok := is[pointer]
		same = same && ok && value == n.Value
	})
	if !same {
		return errors.New("something else in it would change")
	}
	return nil
}
