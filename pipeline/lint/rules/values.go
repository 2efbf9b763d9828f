package rules

import (
	"strings"

	"copydesk/pipeline/matter"
)

// eachValue visits all strings, at any depth, of the top keys with one of the names, in whatever case.
func eachValue(m *matter.Matter, keys []string, visit func(*matter.Node)) {
	root := m.Root.Resolve()
	if root == nil {
		return
	}
	for _, e := range root.Entries {
		if hasFold(keys, e.Key) {
			for n := range e.Value.All() {
				if n = atPlace(n); n.Kind == matter.String {
					visit(n)
				}
			}
		}
	}
}

// hasFold tells whether the list has the word, in whatever case.
func hasFold(list []string, word string) bool {
	for _, w := range list {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}
