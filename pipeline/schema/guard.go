package schema

import (
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"copydesk/pipeline"
)

// The limits of schemas that articles name: they may be as hostile as the articles.
const (
	maxSteps    = 30_000   // parts of a schema applied to values of one article
	maxOwnSize  = 64 << 10 // bytes of a file
	maxOwnFiles = 64       // that are kept
)

// A guard counts how often parts of a schema are applied, for one article at a time.
type guard struct {
	mu   sync.Mutex
	left int
}

// exhausted is what a guard panics with.
type exhausted struct{}

// Validate counts one application. It is called wherever a part has parts that apply to the same value, so
// that a schema which multiplies them is stopped.
func (g *guard) Validate(*jsonschema.ValidatorContext, any) {
	if g.left--; g.left < 0 {
		panic(exhausted{})
	}
}

// guarded runs a check, which ends with a fault of the schema when it takes too many steps.
func (g *guard) guarded(at pipeline.Span, check func() []Fault) (found []Fault) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.left = maxSteps
	defer func() {
		switch r := recover().(type) {
		case nil:
		case exhausted:
			found = []Fault{{Kind: Broken, Span: at, Message: "the schema takes too long to be applied to this article"}}
		default:
			panic(r)
		}
	}()
	return check()
}

// own reads the schemas that articles name. It keeps some of them: each article may name another.
type own struct {
	mu     sync.Mutex
	loader *Loader
}

// file compiles the schema in a file of the folder of another loader.
func (o *own) file(like *Loader, name string) (*Schema, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.loader == nil || len(o.loader.docs) >= maxOwnFiles {
		o.loader = &Loader{folder: like.folder, root: like.root, limited: true, docs: map[string]*document{}, compiled: map[string]result{}}
	}
	return o.loader.File(name)
}
