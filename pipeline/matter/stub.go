package matter

import "copydesk/pipeline"

// Patch returns the edit that gives the value at pointer the new JSON value, which is spelled in the
// front matter's own syntax and in the style of the old value where that can be; nothing else changes.
func (m *Matter) Patch(pointer string, json []byte) (pipeline.Edit, error) { panic("stub") }

// Merge returns the edits that make the front matter say what the JSON object says, entry by entry:
// changed values are patched, new keys are added at the end, missing ones are removed with their lines.
// Equal entries keep their bytes.
func (m *Matter) Merge(json []byte) ([]pipeline.Edit, error) { panic("stub") }
