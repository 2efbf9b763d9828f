package schema

import (
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"copydesk/pipeline"
)

// twice reports an item that equals an earlier one of its list.
func (f *finder) twice(at *place, items [2]int) {
	earlier := f.item(at, items[0])
	later := f.item(at, items[1])
	fault := f.add(&later, ArrayShape, "%s is %s again, as in %s: each item may be there once",
		later.path(), show(valueOf(later.value, f.format)), earlier.path())
	fault.Related = append(fault.Related, pipeline.Related{Span: earlier.valueSpan(), Message: "the earlier item"})
	if at.alias == nil && later.alias == nil {
		fault.Remedy = &Remedy{Action: Remove, Pointer: fault.Pointer, Sure: true}
	}
}

// tooMany reports the items that a list has beyond those that are allowed, at the first of them.
func (f *finder) tooMany(_ *jsonschema.ValidationError, at *place, extra int) {
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
