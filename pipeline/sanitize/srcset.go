package sanitize

import "strings"

// cleanSrcset cleans the address of each candidate of a srcset and drops those that can't be.
// why is not empty when none is left. A value in which nothing is wrong comes back as it is.
// Source: HTML standard, 4.8.4.3.10, parsing a srcset attribute.
func cleanSrcset(value string) (clean, why string) {
	var kept []string
	changed := false
	for rest := value; ; {
		rest = strings.TrimLeft(rest, " \t\n\r\f,")
		if rest == "" {
			break
		}
		address, descriptor := rest, ""
		if n := strings.IndexAny(rest, " \t\n\r\f"); n >= 0 {
			address, rest = rest[:n], rest[n:]
		} else {
			rest = ""
		}
		if trimmed := strings.TrimRight(address, ","); trimmed != address {
			address = trimmed
		} else if n := strings.IndexByte(rest, ','); n >= 0 {
			descriptor, rest = rest[:n], rest[n+1:]
		} else {
			descriptor, rest = rest, ""
		}
		spelled, bad := cleanURL(address)
		if s := scheme(spelled); bad != "" || s != "" && s != "http" && s != "https" || !isDescriptor(descriptor) {
			changed = true
			continue
		}
		// A comma at either end of an address would be read as the end of a candidate.
		changed = changed || spelled != address
		kept = append(kept, strings.TrimRight(spelled+" "+strings.Join(strings.Fields(descriptor), " "), " "))
	}
	if len(kept) == 0 {
		return "", "it names no safe address"
	}
	if !changed {
		return value, ""
	}
	return strings.Join(kept, ", "), ""
}

// isDescriptor tells whether a candidate's size is one or more numbers with a unit, or nothing.
func isDescriptor(s string) bool {
	for f := range strings.FieldsSeq(s) {
		number := strings.TrimRight(f, "wxhWXH")
		if len(f)-len(number) != 1 || number == "" || strings.Trim(number, "0123456789.") != "" {
			return false
		}
	}
	return true
}
