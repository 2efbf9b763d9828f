package report

import (
	"bytes"
	_ "embed" // The schema is a file of its own.
)

//go:embed schema.json
var schema []byte

// Schema is the JSON Schema (2020-12) of what json and jsonl print, as JSON with line breaks.
func Schema() []byte { return bytes.Clone(schema) }
