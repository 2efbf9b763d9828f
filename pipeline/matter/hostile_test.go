package matter

import (
	"strings"
	"testing"
	"time"
)

// TestHostile holds that long and deep texts are read in a time that follows their length: each of
// these takes milliseconds, and minutes where anything is quadratic or worse.
func TestHostile(t *testing.T) {
	const n = 5_000
	units := []string{
		"[", "{", "{a: ", `{"a":`, `[{"a":`, "- ", "? ", ": ", ":", "a.", "a.b=1\n", "[a]\n", "[[a]]\n", "[a.", "&a ", "*a ", "!a ", "\"", "'", `"""`, "'''",
		"|\n", "a: |\n", "a: 1\n", "a:\n", "#\n", "\r\n\n", "\r", "---\n", "--- ", "+++\n", "...\n", "<!--", "<!-- -->\n", "\\", "\t", " ", "a: [", "a: {b: [",
		"a: &a\n", "[[],", "[],", "{},", "a: \"\\\"", "：", "\u2028", "\u0085", "\xff", "\x00", "- a\n", "- - - a\n", ",", "[,", "a = [\n", "a = {b = ", "- {a: 1}\n", "'a' : ", "é: é\n",
		`"a":1,`, `{"a":1},`, "}", "]", "\n", "%", "@", "`",
	}
	for _, unit := range units {
		body := strings.Repeat(unit, n)
		for _, text := range []string{
			body, "---\n" + body + "\n---\n", "+++\n" + body + "\n+++\n", "---\nk: v\n" + body, "{\"k\":" + body, "a = [" + body + "1]",
		} {
			start := time.Now()
			m := Read([]byte(text))
			AppendJSON(nil, m.Root, nil)
			for _, f := range []Format{YAML, TOML, JSON} {
				root, faults := Parse([]byte(text), f)
				if root == nil && len(faults) == 0 {
					t.Errorf("%s %q: neither a value nor a fault", f, text[:20])
				}
				AppendJSON(nil, root, nil)
			}
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("%q… takes %v", text[:min(len(text), 30)], took)
			}
		}
	}
}
