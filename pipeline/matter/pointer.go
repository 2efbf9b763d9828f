package matter

import (
	"iter"
	"strconv"
	"strings"
)

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// Pointer appends a key to a JSON pointer (RFC 6901).
func Pointer(parent, key string) string { return parent + "/" + escape(key) }

// escape writes a key as one token of a JSON pointer.
func escape(key string) string {
	if strings.ContainsAny(key, "~/") {
		return pointerEscapes.Replace(key)
	}
	return key
}

// unescape reads one token of a JSON pointer.
func unescape(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

// At returns the value at a JSON pointer (RFC 6901), aliases followed, or nil. Where a mapping has
// a key more than once, it is the last one that counts.
func (n *Node) At(pointer string) *Node {
	n = n.Resolve()
	if pointer == "" {
		return n
	}
	if pointer[0] != '/' {
		return nil
	}
	for token := range strings.SplitSeq(pointer[1:], "/") {
		if n = n.child(unescape(token)); n == nil {
			return nil
		}
	}
	return n
}

// child is the value of a key or the item with a number.
func (n *Node) child(token string) *Node {
	if n == nil {
		return nil
	}
	if n.Kind == Sequence {
		i, err := strconv.Atoi(token)
		if err != nil || i < 0 || i >= len(n.Items) || strconv.Itoa(i) != token {
			return nil
		}
		return n.Items[i].Resolve()
	}
	return n.Get(token)
}

// All yields each value below n, n first, in source order: none for nil. Aliases are among them, and what
// they stand for is not.
func (n *Node) All() iter.Seq[*Node] {
	return func(yield func(*Node) bool) { n.all(yield) }
}

func (n *Node) all(yield func(*Node) bool) bool {
	if n == nil {
		return true
	}
	if !yield(n) {
		return false
	}
	for i := range n.Entries {
		if !n.Entries[i].Value.all(yield) {
			return false
		}
	}
	for _, item := range n.Items {
		if !item.all(yield) {
			return false
		}
	}
	return true
}

// Walk calls visit for each of All, with its JSON pointer.
func (n *Node) Walk(visit func(pointer string, n *Node)) {
	n.Where(func(*Node) bool { return true }, visit)
}

// Where is Walk for those values alone that match: no pointers are made for others.
func (n *Node) Where(match func(*Node) bool, visit func(pointer string, n *Node)) {
	w := walker{match: match, visit: visit}
	w.walk(n)
}

// A walker knows the pointer of where it is.
type walker struct {
	match func(*Node) bool
	visit func(pointer string, n *Node)
	at    []byte
}

func (w *walker) walk(n *Node) {
	if n == nil {
		return
	}
	if w.match(n) {
		w.visit(string(w.at), n)
	}
	here := len(w.at)
	for i := range n.Entries {
		w.at = append(w.at[:here], '/')
		w.at = append(w.at, escape(n.Entries[i].Key)...)
		w.walk(n.Entries[i].Value)
	}
	for i, item := range n.Items {
		w.at = append(w.at[:here], '/')
		w.at = strconv.AppendInt(w.at, int64(i), 10)
		w.walk(item)
	}
	w.at = w.at[:here]
}
