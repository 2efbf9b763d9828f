package markup

import "bytes"

// rawElement returns the name of an element whose content is text, tags and all, or "".
func rawElement(name string) string {
	switch name {
	case "iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp":
		return name
	}
	return ""
}

// rawEnd finds where the raw text of an element, which begins at from, ends.
func rawEnd(text []byte, from int, element string) int {
	switch element {
	case "plaintext":
		return len(text)
	case "script":
		return scriptEnd(text, from)
	}
	for {
		i := bytes.IndexByte(text[from:], '<')
		if i < 0 {
			return len(text)
		}
		from += i
		if opens(text[from+1:], "/", element) {
			return from
		}
		from++
	}
}

// scriptEnd is rawEnd for a script, where <!-- <script> hides an end tag (section 13.2.5.17 to 31
// of the HTML standard).
func scriptEnd(text []byte, from int) int {
	const (
		plain = iota
		escaped
		doubled
	)
	state, dashes := plain, 0
	for i := from; i < len(text); i++ {
		rest := text[i:]
		switch c := rest[0]; {
		case c == '-' && state != plain:
			dashes++
			continue
		case c == '>' && dashes >= 2:
			state = plain
		case c == '<' && state == plain && bytes.HasPrefix(rest, []byte("<!--")):
			state, dashes = escaped, 2
			i += len("<!--") - 1
			continue
		case c == '<' && opens(rest[1:], "/", "script"):
			if state != doubled {
				return i
			}
			state = escaped
			i += len("</script>") - 1
		case c == '<' && state == escaped && opens(rest[1:], "", "script"):
			state = doubled
			i += len("<script>") - 1
		}
		dashes = 0
	}
	return len(text)
}

// opens tells whether text begins with the prefix and the name of an element, and the name ends there.
func opens(text []byte, prefix, name string) bool {
	if !bytes.HasPrefix(text, []byte(prefix)) || !hasFoldPrefix(text[len(prefix):], name) {
		return false
	}
	rest := text[len(prefix)+len(name):]
	return len(rest) > 0 && (isSpace(rest[0]) || rest[0] == '/' || rest[0] == '>')
}
