package markup

import (
	"slices"
	"sync"
)

// A workspace is what the outlines of HTML bodies are made in. Bodies of articles have pieces of the same slices, one
// behind the other: slices of their own would take a fifth of the time of reading them.
type workspace struct {
	attrs    []Attr // each of these is empty, with room for what comes next
	elements []Element
	images   []Image
	links    []Link
	stack    []open // empty; of use to one body after the other, as are the next two
	open     []span
	spans    []span
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// shared is how many attributes or elements are made at a time, for several bodies.
const shared = 256

// roomFor is an empty slice that has room for n more; it is the given one, if that has.
func roomFor[T any](room []T, n int) []T {
	if cap(room) >= n {
		return room
	}
	return make([]T, 0, max(n, shared))
}

// cut parts a slice from the room behind what is in it; large ones are left to the body they are of.
func cut[T any](s []T) (used, room []T) {
	if len(s) > shared {
		return s, nil
	}
	return slices.Clip(s), s[len(s):]
}
