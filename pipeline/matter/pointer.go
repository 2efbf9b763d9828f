package matter

import (
	"strconv"
	"strings"
)

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// Pointer appends a key to a JSON pointer (RFC 6901).
func Pointer(parent, key string) string {
	if strings.ContainsAny(key, "~/") {
		key = pointerEscapes.Replace(key)
	}
	return parent + "/" + key
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

// Walk calls visit for each value below n, n first, in source order, with its JSON pointer.
// Aliases are visited, and what they stand for is not.
func (n *Node) Walk(visit func(pointer string, n *Node)) { n.walk("", visit) }

func (n *Node) walk(pointer string, visit func(pointer string, n *Node)) {
	if n == nil {
		return
	}
	visit(pointer, n)
	for _, e := range n.Entries {
		e.Value.walk(Pointer(pointer, e.Key), visit)
	}
	for i, item := range n.Items {
		item.walk(pointer+"/"+strconv.Itoa(i), visit)
	}
}
