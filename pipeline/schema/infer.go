package schema

import "copydesk/pipeline/matter"

// MaxEnum is how many different texts of one key are counted, and how many an enumeration may have at most.
const MaxEnum = 100

// The limits of what an Inference remembers, whatever the number of articles. What is beyond them is
// accepted by the schema without being described.
const (
	maxShapes     = 2_000 // keys and lists that are described, in all
	maxKeys       = 500   // keys of one mapping
	maxKeyBytes   = 200   // length of a key
	maxValues     = MaxEnum
	maxValueBytes = 80 // length of a text that may be one of an enumeration
	maxLayouts    = 12 // layouts of the dates of one key
)

// enough is how many values must have been seen before a schema forbids what was not among them:
// other texts (enum), empty ones (minLength), empty lists (minItems), repeated items (uniqueItems),
// mappings without a key (required, below the top).
const enough = 10

// An Inference learns from front matter, article by article, which keys there are and what they hold, and
// makes a JSON Schema of it. Its memory has a bound that does not depend on how many articles there are.
// What it says depends on their order only where limits are passed. It is for one goroutine.
type Inference struct {
	top      shape
	shapes   int           // that have been made
	mappings int           // that have been read
	format   matter.Format // of the article that is being read
}

// InferOptions say how strict an inferred schema is.
type InferOptions struct {
	// Closed forbids the keys that were not seen.
	Closed bool
	// MaxEnum is how many values an enumeration may have, at most MaxEnum; 0 makes none. A key has one if its
	// texts are words, were seen ten times, repeat four times on the average, and one in four at the most
	// was seen only once.
	MaxEnum int
	// Required is the share of articles, in percent, that must have a key for it to be required. Below 100 the
	// schema refuses those articles that it was inferred from which lack the key. 0 requires nothing.
	Required int
}

// DefaultInferOptions make a schema that accepts each article that it was inferred from.
func DefaultInferOptions() InferOptions { return InferOptions{MaxEnum: 12, Required: 100} }

// Add learns from the front matter of one article. It tells whether there was anything to learn from:
// front matter that could be read, and is a mapping.
func (in *Inference) Add(m *matter.Matter) (learned bool) {
	root := m.Root.Resolve()
	if root == nil || root.Kind != matter.Mapping {
		return false
	}
	in.format = m.Format
	in.value(&in.top, root)
	return true
}

// Articles is the number of articles that were learned from.
func (in *Inference) Articles() int { return in.top.seen }

// Keys is the number of different keys at the top of their front matter.
func (in *Inference) Keys() int { return len(in.top.keys) }

// room tells whether one more shape may be described, and counts it.
func (in *Inference) room() bool {
	if in.shapes >= maxShapes {
		return false
	}
	in.shapes++
	return true
}
