package schema

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"copydesk/pipeline/report"
)

//go:embed builtin
var builtin embed.FS

// builtinScheme is the scheme of the URLs of built-in schemas: copydesk:hugo.
const builtinScheme = "copydesk"

// Builtins are the names of the schemas that are built in, sorted.
func Builtins() []string {
	entries, err := builtin.ReadDir("builtin")
	if err != nil {
		panic(err) // It is part of the program.
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), path.Ext(e.Name()))
	}
	return names
}

// IsBuiltin tells whether a schema of that name is built in.
func IsBuiltin(name string) bool {
	_, err := BuiltinText(name)
	return err == nil
}

// BuiltinText is the text of a schema that is built in.
func BuiltinText(name string) ([]byte, error) {
	text, err := builtin.ReadFile("builtin/" + name + ".json")
	if err != nil {
		near := "; there are " + strings.Join(Builtins(), ", ")
		if s := report.Suggest(name, Builtins()); s != "" {
			near = fmt.Sprintf("; did you mean %q?", s)
		}
		return nil, fmt.Errorf("unknown built-in schema %q%s", name, near)
	}
	return text, nil
}

func builtinDocument(name string) (*document, error) {
	text, err := BuiltinText(name)
	if err != nil {
		return nil, err
	}
	return read(name+".json", text)
}

// Builtin compiles a schema that is built in.
func (l *Loader) Builtin(name string) (*Schema, error) {
	if _, err := BuiltinText(name); err != nil {
		return nil, err
	}
	return l.compile(builtinScheme+":"+name, name)
}
