package schema

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
)

// maxRepeated is how many items of one list are reported for being there already.
const maxRepeated = 1000

// repeated reports the items that equal an earlier one of their list.
func (f *finder) repeated(at *place) {
	first := map[string]int{}
	found := 0
	for i, item := range at.value.Resolve().Items {
		said := canonical(valueOf(item, f.format))
		earlier, again := first[said]
		if !again {
			first[said] = i
			continue
		}
		if found++; found > maxRepeated {
			return
		}
		f.again(at, earlier, i)
	}
}

// again reports one item that equals an earlier one.
func (f *finder) again(at *place, earlier, later int) {
	before, item := f.item(at, earlier), f.item(at, later)
	fault := f.add(&item, ArrayShape, "%s is %s again, as in %s: each item may be there once",
		item.path(), show(valueOf(item.value, f.format)), before.path())
	fault.Related = append(fault.Related, pipeline.Related{Span: before.valueSpan(), Message: "the earlier item"})
	if at.alias == nil && at.value.Kind != matter.Alias {
		fault.Remedy = &Remedy{Action: Remove, Pointer: fault.Pointer, Sure: true}
	}
}

// canonical is the same text for values that JSON Schema takes for equal: keys are sorted, and 1.0 is 1.
func canonical(v any) string {
	switch v := v.(type) {
	case json.Number:
		if r, ok := new(big.Rat).SetString(string(v)); ok {
			return r.RatString()
		}
		return string(v)
	case []any:
		var b strings.Builder
		for _, item := range v {
			b.WriteString("," + canonical(item))
		}
		return "[" + b.String() + "]"
	case map[string]any:
		var b strings.Builder
		for _, key := range slices.Sorted(maps.Keys(v)) {
			b.WriteString("," + strconv.Quote(key) + ":" + canonical(v[key]))
		}
		return "{" + b.String() + "}"
	case string:
		return strconv.Quote(v)
	}
	return fmt.Sprint(v)
}

// tooMany reports the items that a list has beyond those that are allowed, at the first of them.
func (f *finder) tooMany(at *place, extra int) {
	n := at.value.Resolve()
	if n == nil || extra > len(n.Items) {
		return
	}
	first := f.item(at, len(n.Items)-extra)
	f.add(&first, ArrayShape, "%s has %s, expected at most %d", at.path(), count(len(n.Items), "item"), len(n.Items)-extra)
}

func (f *finder) item(at *place, i int) place {
	return f.subject.at(append(at.tokens[:len(at.tokens):len(at.tokens)], strconv.Itoa(i)))
}
