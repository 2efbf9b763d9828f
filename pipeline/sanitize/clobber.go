package sanitize

import (
	"slices"
	"strings"
	"sync"
)

// clobbering are names of properties of document, window and forms that scripts of a page use and that
// an id or a name in the article could take the place of. Source: HTML standard, 3.1.7 and 7.2.2.3.
var clobbering = sync.OnceValue(func() []string {
	names := strings.Fields(`__proto__ URL activeElement addEventListener adoptNode alert all anchors appendChild applets
append attributes body characterSet charset childElementCount childNodes children classList close compatMode constructor
contentType cookie createComment createDocumentFragment createElement createElementNS createEvent createTextNode
currentScript defaultView designMode dir dispatchEvent doctype document documentElement documentURI domain embeds eval
execCommand exitFullscreen fetch firstChild firstElementChild fonts forms getElementById getElementsByClassName
getElementsByName getElementsByTagName getSelection hasAttribute hasFocus hasOwnProperty head hidden history images
implementation importNode innerHTML innerText inputEncoding insertBefore isPrototypeOf lastChild lastElementChild
lastModified links localStorage location name navigator nextSibling nodeName nodeType nodeValue onload open origin outerHTML
ownerDocument parent parentElement parentNode plugins postMessage previousSibling prototype querySelector querySelectorAll
readyState referrer removeChild removeEventListener replaceChild replaceChildren requestAnimationFrame rootElement scripts
scrollingElement self sessionStorage setAttribute setInterval setTimeout styleSheets submit tagName textContent timeline title
toString top valueOf visibilityState window write writeln XMLHttpRequest`)
	slices.Sort(names)
	return names
})

// clobbers tells whether an id or name would hide a property that scripts use.
func clobbers(name string) bool {
	_, found := slices.BinarySearch(clobbering(), name)
	return found
}
