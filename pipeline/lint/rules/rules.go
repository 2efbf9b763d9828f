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
		missingFrontMatter,
		earlyDelimiter, // FM005
		oddDelimiter,
		formatMismatch,
		syntaxError,
		duplicateKey,
		tabIndent, // FM010
		fullwidthSyntax,
		smartQuoteDelimiter,
		conflictMarker,
		ambiguousScalar,
		needsQuotes, // FM015
		commentAteValue,
		notAMapping, // FM017
		secondFrontMatter,
		trailingSpace,
		keyOrder, // FM020
		keyStyle,
		emptyValue,
		nonPortableYAML,
		lineSeparator, // FM025
		badBytes,
		tomlBareKey,
		portability,
		mixedNewlines, // FM029
		requiredKey,   // SC001
		wrongType,
		notAllowedValue,
		badFormat,
		patternMismatch, // SC005
		outOfRange,
		arrayShape,
		unknownKey,
		noBranchMatches,
		deprecatedKey, // SC010
		brokenSchema,
		dateFormat, // MT001
		dateInFuture,
		modifiedBeforePublished,
		dateWithoutZone,
		titleLength, // MT005
		titleWhitespace,
		descriptionMissing,
		slugMissingOrInvalid,
		messyTags,
		httpURL, // MT010
		badURL,
		thumbnailEqualsImage,
		placeholderValue, // MT015
		categoryEqualsAuthor,
		unknownAttribute, // HT003
		presentationalAttribute,
		inlineStyle,
		imgAltMissing,
		imgWithoutSize, // HT008
		emptyElement,
		wrapperDiv, // HT010
		blankRun,
		indentedHTMLBecomesCode, // HT012
		targetBlankWithoutNoopener,
		obsoleteElement, // HT015
		boilerplateBlock,
		noFinalNewline,
		badEntity,
		liveMarkupInPre, // HT020
		spaceBeforeClosingTag,
		javascriptURL, // SE001
		scriptElement,
		eventHandler,
		dataURL,
		wouldBeRemoved, // SE005
		altWouldBeLost,
		httpSubresource,
		hotlinkEvasion,
		trackingPixel,
		secretInURL, // SE010
		remoteImage, // IM001
		imageMissing,
		brokenRelativeLink, // LK001
		voidLink,
		trackingParameters,
		redirectWrapper,   // LK006
		unusedSuppression, // CD001
		unknownRule,
		suppressionWithoutReason,
		staleBaseline,
		nothingChecked, // CD006
		fixRolledBack,
		fileSkipped,
	}
}

// The groups of rules.
const (
	frontMatter = "front-matter"
	schemaGroup = "schema"
	metadata    = "metadata"
	htmlGroup   = "html"
	security    = "security"
	images      = "images"
	links       = "links"
	engine      = "copydesk"
)
