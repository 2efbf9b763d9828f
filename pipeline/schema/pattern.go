package schema

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"time"

	"github.com/dlclark/regexp2"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// patternTime is how long one match of a pattern may take that needs backtracking.
const patternTime = 100 * time.Millisecond

// compilePattern compiles a pattern of ECMA-262: with Go's engine, whose time grows no faster than the text,
// and where the pattern needs lookaround or backreferences with one that backtracks, and is stopped after patternTime.
func compilePattern(pattern string) (jsonschema.Regexp, error) {
	translated, backtracks, err := translate(pattern)
	if err != nil {
		return nil, &patternError{err.Error()}
	}
	if !backtracks {
		re, err := regexp.Compile(translated)
		var reason *syntax.Error
		if err == nil {
			return linear{re, pattern}, nil
		}
		if errors.As(err, &reason) && reason.Code != syntax.ErrInvalidRepeatSize && reason.Code != syntax.ErrLarge {
			return nil, &patternError{reason.Code.String()}
		}
	}
	re, err := regexp2.Compile(translated, regexp2.ECMAScript|regexp2.Unicode)
	if err != nil {
		return nil, &patternError{err.Error()}
	}
	re.MatchTimeout = patternTime
	return &backtracking{re, pattern}, nil
}

// A patternError says why a pattern can't be used.
type patternError struct{ reason string }

func (e *patternError) Error() string {
	return fmt.Sprintf("it is no pattern of ECMA-262: %s", e.reason)
}

// A linear pattern is matched by Go's engine.
type linear struct {
	*regexp.Regexp
	pattern string
}

// String is the pattern as the schema has it.
func (l linear) String() string { return l.pattern }

// A backtracking pattern needs what Go's engine has not.
type backtracking struct {
	*regexp2.Regexp
	pattern string
}

// String is the pattern as the schema has it.
func (b *backtracking) String() string { return b.pattern }

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
