package config

import (
	"bytes"
	_ "embed" // The starter is a file of its own.
)

//go:embed starter.yaml
var starter []byte

// Starter is a config file for a folder that has none: it changes nothing, and shows in comments what
// could be changed.
func Starter() []byte { return bytes.Clone(starter) }
