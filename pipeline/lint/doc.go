// Package lint is the engine that runs rules over documents and applies their fixes.
//
// A Rule is a value: documentation, severity, presets, and a Checker that looks at one document
// through a Pass. The list of rules is package lint/rules; Select picks from it, New makes a Linter
// of what was picked, Linter.Check finds and Linter.Fix repairs. What a Suppression in the document covers
// is neither reported nor repaired.
//
// Every fix is a handful of byte edits. After they are applied the document is split and parsed again,
// and a fix that changed anything which it did not declare is rolled back and reported as CD007.
package lint
