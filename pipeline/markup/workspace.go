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

// grown is a slice of what stands in a body up to an offset, which of all of it is so much, with room for one more. There
// will be as much room as it takes when the body goes on like that, and between twice and eight times of what there was.
func grown[T any](s []T, at, size int) []T {
	if len(s) < cap(s) {
		return s
	}
	likely := float64(len(s)) * float64(size) / float64(max(at, 1)) * 1.02
	return slices.Grow(s, int(min(max(likely, float64(2*len(s))), float64(8*len(s))))-len(s)+1)
}
