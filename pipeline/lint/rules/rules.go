// Package rules lists the rules of copydesk lint, one file each. A new rule is a file here, a line in All,
// and its cases in testdata/rules.
package rules

import "copydesk/pipeline/lint"

// All lists the rules in the order of the catalogue.
func All() []lint.Rule {
	return []lint.Rule{
		frontMatterNotFirst, // FM001
		byteOrderMark,
		unclosedFrontMatter,
		earlyDelimiter, // FM005
		oddDelimiter,
		formatMismatch,
		syntaxError,
		duplicateKey,
		tabIndent,               // FM010
		notAMapping,             // FM017
		mixedNewlines,           // FM029
		dateFormat,              // MT001
		unknownAttribute,        // HT003
		inlineStyle,             // HT005
		indentedHTMLBecomesCode, // HT012
		noFinalNewline,          // HT017
		javascriptURL,           // SE001
		imageMissing,            // IM002
		brokenRelativeLink,      // LK001
		nothingChecked,          // CD006
		fixRolledBack,
	}
}

// The groups of rules.
const (
	frontMatter = "front-matter"
	metadata    = "metadata"
	htmlGroup   = "html"
	security    = "security"
	images      = "images"
	links       = "links"
	engine      = "copydesk"
)
