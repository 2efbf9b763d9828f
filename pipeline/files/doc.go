// Package files reads articles and writes results so that no fault leaves a half-written file:
// every output is a temporary dot file in the folder of its destination until it is complete,
// then renamed. Nothing is written through a link, a file that would not change is not touched,
// and the mode of a file that is replaced is kept.
//
// Read reads one regular file, whole or not at all. A Root is a folder that a tree is written
// into; a Replacer replaces files where they stand, each made durable before the next; Create
// makes one large file bit by bit.
package files
