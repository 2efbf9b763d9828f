package sanitize

import (
	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// Active tells what of a document's body may run in a reader's browser, of what the policy would take from it: the
// removals with the codes SE001 to SE004. It is Removed for those who want no more; most bodies have none of it, which a
// look at their tags tells.
func (p *Policy) Active(d *pipeline.Document) (found []Removal) {
	if !mayAct(d) {
		return nil
	}
	for _, r := range p.Removed(d) {
		switch r.Code {
		case javascriptURL.code, scriptElement.code, eventHandler.code, dataURL.code:
			found = append(found, r)
		}
	}
	return found
}

// mayAct tells whether anything in a body may be active.
func mayAct(d *pipeline.Document) bool {
	if d.BodyFormat() == pipeline.HTML {
		return hasActive(d.Body().Of(d.Text))
	}
	b := markup.Of(d)
	shown, err := b.Render()
	if err != nil || hasActive(shown) {
		return true
	}
	for i := range b.Elements { // Not all of them are such once they are rendered.
		if isActive(b.Elements[i].Name, b.Elements[i].Attrs) {
			return true
		}
	}
	return false
}

func hasActive(html []byte) bool {
	for t := range markup.Scan(html, 0) {
		if t.Kind == markup.Unfinished || isActive(t.Name, t.Attrs) {
			return true
		}
	}
	return false
}

// isActive tells whether a tag may be active: by its name, for one of its attributes, or since what is in it is read by
// other rules than HTML.
func isActive(name string, attrs []markup.Attr) bool {
	switch name {
	case "script", "object", "embed", "iframe", "frame", "applet", "portal", "fencedframe", "svg", "math":
		return true
	}
	if len(attrs) == markup.MaxAttrs {
		return true // There may be more.
	}
	for i := range attrs {
		if _, _, ok := activeAttr(attrs[i].Name, attrs[i].Value); ok {
			return true
		}
	}
	return false
}
