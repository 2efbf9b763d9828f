package sanitize

import (
	"strings"
	"sync"
)

// A class is a set of properties that the HTML parser gives to an element. Its upper half is the number of
// the element, 0 for those that are not known.
type class uint32

// numberShift is where the number of an element stands in its class; numbers stay below maxNumber.
const (
	numberShift = 16
	maxNumber   = 256
)

// number is that of the element of the class.
func (c class) number() int { return int(c >> numberShift) }

const (
	void       class = 1 << iota // has no end tag
	closesP                      // its start tag ends an open p
	formatting                   // is opened again by the parser where it was cut off
	special                      // ends the search for an element that is to be closed
	row                          // holds only rows, cells and the like: text in it is moved out
	cell                         // td, th, caption: what is outside can't be closed from inside
	heading
	optional   // its end tag may be left out
	splits     // may be closed and opened again without showing
	annotation // of ruby: ends the one before it
	breaks     // begins or ends a line
)

// classLists are the names of each class. Source: HTML standard, 13.2.4.2 and 13.2.6.4.
var classLists = []struct {
	class class
	names string
}{
	{void, "area base br col embed hr img input link meta param source track wbr"},
	{closesP, "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header " +
		"hgroup main menu nav ol p search section summary ul h1 h2 h3 h4 h5 h6 pre listing form table hr li dd dt"},
	{formatting, "a b big code em font i nobr s small strike strong tt u"},
	{special, "address article aside blockquote br caption center col colgroup dd details dir div dl dt fieldset figcaption figure footer " +
		"h1 h2 h3 h4 h5 h6 header hgroup hr iframe img input li main menu nav ol p pre section source summary table tbody td tfoot th " +
		"thead tr track ul wbr"},
	{row, "table thead tbody tfoot tr colgroup"},
	{cell, "td th caption"},
	{heading, "h1 h2 h3 h4 h5 h6"},
	{optional, "p li dd dt rb rp rt rtc td th tr thead tbody tfoot colgroup"},
	{splits, "p div span abbr acronym bdi bdo cite data del dfn ins kbd mark q samp sub sup time var"},
	{annotation, "rb rp rt rtc"},
	{breaks, "address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption " +
		"figure footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li listing main menu nav " +
		"noembed noframes noscript object ol optgroup option p pre search section select summary table tbody td template " +
		"textarea tfoot th thead tr ul video audio xmp"},
}

// classes is the table of the parser's properties by element.
var classes = sync.OnceValue(func() map[string]class {
	table := map[string]class{}
	add := func(c class, names string) {
		for n := range strings.FieldsSeq(names) {
			if table[n] == 0 {
				table[n] = class(len(table)+1) << numberShift
			}
			table[n] |= c
		}
	}
	for _, l := range classLists {
		add(l.class, l.names)
	}
	add(0, knownElements)
	return table
})
