package images

import (
	"encoding/json"
	"fmt"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
)

// maxMatterRefs bounds the patches of front matter, each of which reads all of it again.
const maxMatterRefs = 200

// matterPlace gives the place of a picture that front matter names. The key says that it is one; but a local file without
// the name of a picture, and what is a page or the like by its name, stay.
func (a *article) matterPlace(value matterRef) (place string, ok bool) {
	place, ok = a.place(value.node.Value)
	return place, ok && (isPictureName(place) || IsRemote(place) && !isOtherName(place))
}

// matter rewrites front matter, each reference to the widest variant.
func (a *article) matter() error {
	m := matter.Of(a.doc)
	for i, value := range matterRefs(m) {
		if i == maxMatterRefs {
			a.doc.Report(pipeline.Diagnostic{Span: value.node.Span, Severity: pipeline.Warning, Code: "CD009", Rule: "limit-reached",
				Message: fmt.Sprintf("front matter names more than %d pictures; the rest is left as it is", maxMatterRefs)})
			return nil
		}
		place, ok := a.matterPlace(value)
		if !ok {
			continue
		}
		ref := reference{url: value.node.Value, place: place, role: "frontMatter", at: value.node.Span}
		if a.isMade(place) {
			a.keep(ref)
			continue
		}
		made, err := a.picture(ref, widest)
		if err != nil {
			return err
		}
		if made == nil {
			continue
		}
		quoted, _ := json.Marshal(a.use(made, ref, "")[0]) // Strings can be marshalled.
		edit, err := m.Patch(value.pointer, quoted)
		if err != nil {
			a.failed(ref, made, err)
			continue
		}
		a.result.Edits = append(a.result.Edits, edit)
	}
	return nil
}
