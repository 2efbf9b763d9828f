package schema

import (
	"fmt"
	"regexp"
	"time"

	"github.com/dlclark/regexp2"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// patternTime is how long one match of a pattern may take that needs backtracking.
const patternTime = 100 * time.Millisecond

// compilePattern compiles a pattern of a schema: with Go's engine, whose time grows with the text alone, where
// it reads the pattern as ECMA-262 does, and else with one that backtracks and is stopped after patternTime.
func compilePattern(pattern string) (jsonschema.Regexp, error) {
	if re, ok := linear(pattern); ok {
		return re, nil
	}
	re, err := regexp2.Compile(pattern, regexp2.ECMAScript|regexp2.Unicode)
	if err != nil {
		return nil, fmt.Errorf("not a regular expression of ECMA-262: %w", err)
	}
	re.MatchTimeout = patternTime
	return &backtracking{re}, nil
}

// A backtracking pattern needs what Go's engine has not: lookaround or backreferences.
type backtracking struct{ *regexp2.Regexp }

// MatchString tells whether the pattern matches; not, when that takes too long to tell.
func (b *backtracking) MatchString(text string) bool {
	matched, err := b.Regexp.MatchString(text)
	return err == nil && matched
}

// tooLong tells whether it takes too long to match.
func (b *backtracking) tooLong(text string) bool {
	_, err := b.Regexp.MatchString(text)
	return err != nil
}

// linear compiles a pattern with Go's engine.
func linear(pattern string) (*regexp.Regexp, bool) {
	re, err := regexp.Compile(pattern)
	return re, err == nil
}
