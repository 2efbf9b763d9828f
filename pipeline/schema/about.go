package schema

import "strconv"

// Draft is the draft of JSON Schema that the schema is written in: "2020-12", "7".
func (s *Schema) Draft() string {
	switch v := s.compiled.DraftVersion; v {
	case 2019:
		return "2019-09"
	case 2020:
		return "2020-12"
	default:
		return strconv.Itoa(v)
	}
}

// Keys is the number of keys that the schema describes at the top.
func (s *Schema) Keys() int { return len(s.compiled.Properties) }
