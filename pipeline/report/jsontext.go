package report

import (
	"bytes"
	"encoding/json"
)

// jsonText is foreign text in a struct that encoding/json writes; it is escaped as AppendString does.
type jsonText string

// MarshalJSON makes a JSON string.
func (s jsonText) MarshalJSON() ([]byte, error) { return AppendString(nil, string(s)), nil }

// appendJSON appends one of this package's structs, in one line.
func appendJSON(dst []byte, v any) ([]byte, error) {
	text, err := json.Marshal(v)
	return append(dst, text...), err
}

// withoutCommands writes "##" in JSON with an escape, since a CI system reads "##[error]" in
// its log as a command wherever it stands. Outside strings JSON has no such character.
func withoutCommands(text []byte) []byte {
	if !bytes.Contains(text, []byte("##")) {
		return text
	}
	return bytes.ReplaceAll(text, []byte("##"), []byte(`#\u0023`))
}
