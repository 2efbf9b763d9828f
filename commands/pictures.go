package commands

import (
	"fmt"

	"copydesk/pipeline"
	"copydesk/pipeline/steps"
)

// pictures tells what the steps images among those given made, and how much less that is; nothing where
// articles name no pictures.
func pictures(list []pipeline.Step) (parts []string) {
	for _, step := range list {
		i, ok := step.(*steps.Images)
		if !ok {
			continue
		}
		t := i.Totals()
		if t.Pictures > 0 {
			parts = append(parts, fmt.Sprintf("%s in %s", count(t.Pictures, "picture"), count(t.Files, "file")))
			if t.After != t.Before {
				parts = append(parts, fmt.Sprintf("%s in place of %s%s", byteSize(t.After), byteSize(t.Before), less(t.After, t.Before)))
			}
		}
		if t.Failed > 0 {
			parts = append(parts, count(t.Failed, "picture")+" not made")
		}
		if t.Elsewhere > 0 {
			parts = append(parts, count(t.Elsewhere, "picture")+" of other hosts left alone")
		}
	}
	return parts
}

// less says how much less than before there is now: " (93 % saved)"; nothing where that is less than one percent.
func less(after, before int64) string {
	if after >= before || 100*(before-after) < before {
		return ""
	}
	return fmt.Sprintf(" (%d %% saved)", 100*(before-after)/before)
}

// byteSize is a number of bytes for people: "812 B", "24.1 kB", "1.3 MB".
func byteSize(n int64) string {
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	value, unit := float64(n), ""
	for _, unit = range []string{"kB", "MB", "GB", "TB"} {
		if value /= 1000; value < 999.95 {
			break
		}
	}
	return fmt.Sprintf("%.1f %s", value, unit)
}
