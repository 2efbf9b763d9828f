package pipeline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "copydesk"

// layer is the layer of each package; imports run to a smaller number only.
var layer = map[string]int{
	module:                           8,
	module + "/commands":             7,
	module + "/pipeline/config":      6,
	module + "/pipeline/steps":       5,
	module + "/pipeline/lint/rules":  4,
	module + "/pipeline/lint":        3,
	module + "/pipeline/feed":        3,
	module + "/pipeline/page":        3,
	module + "/pipeline/schema":      2,
	module + "/pipeline/sanitize":    2,
	module + "/pipeline/repair":      2,
	module + "/pipeline/images":      2,
	module + "/pipeline/fetch":       2,
	module + "/pipeline/article":     2,
	module + "/pipeline/markdown":    2,
	module + "/pipeline/pagemeta":    2,
	module + "/pipeline/plain":       2,
	module + "/pipeline/matter":      1,
	module + "/pipeline/markup":      1,
	module + "/pipeline/report":      1,
	module + "/pipeline/files":       1,
	module + "/pipeline/images/jpeg": 1,
	module + "/pipeline/memory":      1,
	module + "/pipeline/git":         1,
	module + "/pipeline":             0,
}

// owner is the one package that may import a third-party module; "" means any.
var owner = map[string]string{
	"github.com/urfave/cli/v2":                 "commands",
	"github.com/vbauerster/mpb/v8":             "commands",
	"golang.org/x/term":                        "commands",
	"github.com/adrg/frontmatter":              "pipeline/matter",
	"go.yaml.in/yaml/v4":                       "pipeline/matter",
	"github.com/pelletier/go-toml/v2":          "pipeline/matter",
	"github.com/go-json-experiment/json":       "pipeline/matter",
	"github.com/yuin/goldmark":                 "pipeline/markup",
	"github.com/microcosm-cc/bluemonday":       "pipeline/sanitize",
	"github.com/santhosh-tekuri/jsonschema/v6": "pipeline/schema",
	"github.com/dlclark/regexp2":               "pipeline/schema",
	"github.com/disintegration/imaging":        "pipeline/images",
	"golang.org/x/image":                       "pipeline/images",
	"github.com/HugoSmits86/nativewebp":        "pipeline/images",
	"github.com/hashicorp/go-retryablehttp":    "pipeline/fetch",
	"github.com/fatih/color":                   "pipeline/report",
	"github.com/rivo/uniseg":                   "pipeline/report",
	"github.com/bmatcuk/doublestar/v4":         "pipeline/feed",
	"github.com/klauspost/compress":            "pipeline/feed",
	"golang.org/x/text":                        "pipeline/feed",
	"github.com/aymanbagabas/go-udiff":         "pipeline/feed",
	"golang.org/x/sys":                         "pipeline/files",
	"golang.org/x/net":                         "", // x/net/html, and idna: several need them.
}

// testOnly are modules that tests alone import.
var testOnly = []string{"github.com/rogpeppe/go-internal", "github.com/google/go-cmp"}

// forTests are packages that tests alone import, from whatever layer.
var forTests = []string{module + "/testdata/golden", module + "/testdata/hostile"}

// mainOnly are the parts of package os that stand in main.go alone.
var mainOnly = map[string]bool{"Exit": true, "Stdin": true, "Stdout": true, "Stderr": true}

func TestLayout(t *testing.T) {
	files := parseModule(t)
	if len(files) < 50 {
		t.Fatalf("found %d Go files; the walk is broken", len(files))
	}
	seen := map[string]bool{}
	for name, file := range files {
		pkg := strings.TrimSuffix(module+"/"+filepath.ToSlash(filepath.Dir(name)), "/.")
		if _, ok := layer[pkg]; !ok {
			t.Errorf("%s: package %s has no layer; give it one here and in doc.go", name, pkg)
			continue
		}
		seen[pkg] = true
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if problem := checkImport(name, pkg, path); problem != "" {
				t.Errorf("%s imports %s: %s", name, path, problem)
			}
		}
		if name != "main.go" {
			checkProcess(t, name, file)
		}
	}
	for pkg := range layer {
		if !seen[pkg] {
			t.Errorf("package %s has a layer and no files", pkg)
		}
	}
}

func checkImport(name, pkg, path string) string {
	isTest := strings.HasSuffix(name, "_test.go")
	if isTest && slices.Contains(forTests, path) {
		return ""
	}
	if path == module || strings.HasPrefix(path, module+"/") {
		to, ok := layer[path]
		switch {
		case !ok:
			return "it has no layer"
		case to >= layer[pkg] && !(isTest && path == pkg):
			return "imports run strictly down"
		}
		return ""
	}
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		if pkg == module+"/pipeline" && strings.HasPrefix(path, "golang.org") {
			return "this package takes the standard library only"
		}
		return ""
	}
	for _, m := range testOnly {
		if strings.HasPrefix(path, m+"/") && isTest {
			return ""
		}
	}
	for m, by := range owner {
		if path == m || strings.HasPrefix(path, m+"/") {
			if by != "" && pkg != module+"/"+by {
				return "it belongs to " + by
			}
			return ""
		}
	}
	return "it has no owner; give it one here and in doc.go"
}

// checkProcess reports what only main.go may do to the process, and package state.
func checkProcess(t *testing.T, name string, file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "os" && mainOnly[n.Sel.Name] && !strings.HasSuffix(name, "_test.go") {
				t.Errorf("%s: os.%s belongs to main.go", name, n.Sel.Name)
			}
		case *ast.FuncDecl:
			if n.Name.Name == "init" && n.Recv == nil {
				t.Errorf("%s: has an init function", name)
			}
		}
		return true
	})
}

// parseModule parses the module's Go files, by path from its root.
func parseModule(t *testing.T) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	root := ".."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, path)
		if d.IsDir() {
			if name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil && name != "." {
				return filepath.SkipDir // A module of its own.
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		files[name] = file
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestTopLevel holds the top level of the repository to what was agreed.
func TestTopLevel(t *testing.T) {
	agreed := []string{"main.go", "commands", "pipeline", "testdata", "go.mod", "go.sum", "README.md", "LICENSE", "CHANGELOG.md"}
	entries, err := filepath.Glob("../*")
	if err != nil {
		t.Fatal(err)
	}
	built := regexp.MustCompile(`^(copydesk|site|.*\.(test|prof))$`) // As .gitignore has it.
	for _, e := range entries {
		if base := filepath.Base(e); !strings.HasPrefix(base, ".") && !slices.Contains(agreed, base) && !built.MatchString(base) {
			t.Errorf("%s is beside the agreed top level", base)
		}
	}
}
