// Package repair mends what scraping, old editors and trackers did to bodies, before a policy takes it out.
//
// A Repair is a value in All: what it is called, an example before and after, the code of the rule that
// finds the same, and a function that finds places with their edits. Lint rules call the same functions,
// so that lint and sanitize agree on what is wrong. All repairs are byte edits, and what comes out is as
// unsafe as what went in: the policy comes behind.
package repair
