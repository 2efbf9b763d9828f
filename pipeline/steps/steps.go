// Package steps lists the steps that a pipeline can be made of, one file each.
package steps

import "copydesk/pipeline"

// All lists the steps in the order in which an article mostly goes through them.
func All() []pipeline.Spec {
	return []pipeline.Spec{
		lintSpec,
		sanitizeSpec,
		imagesSpec,
		convertSpec,
	}
}
