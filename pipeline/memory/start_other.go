//go:build !linux

package memory

// forgetStart does nothing where the system has no such thing.
func forgetStart() {}
