package rules_test

import (
	"regexp"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/sanitize"
	"copydesk/testdata/hostile"
)

// TestAsSanitize compares where rules and the sanitizer see what is active.
func TestAsSanitize(t *testing.T) {
	for code, name := range map[string]string{"SE001": "javascript-url", "SE002": "script-element", "SE003": "event-handler", "SE004": "data-url"} {
		t.Run(name, func(t *testing.T) {
			corpus(t, "hostile") // Or it is left out.
			policy, err := sanitize.Named("article")
			if err != nil {
				t.Fatal(err)
			}
			l := linter(t, one(name))
			missed, seen := 0, 0
			for _, payload := range hostile.Payloads(t) {
				if foreignStyle.MatchString(payload) { // Its rules are read as text by package markup.
					continue
				}
				d := document("a.html", []byte(payload))
				found := map[int]bool{}
				for _, f := range l.Check(d) {
					found[f.Span.Start] = true
				}
				for _, r := range policy.Removed(d) {
					if r.Code != code || name == "event-handler" && strings.ContainsFunc(handlerName(r), notALetter) {
						continue // A browser knows no handler of such a name, and frameworks do: on:click.
					}
					seen++
					if !covered(found, r.Span) {
						missed++
						t.Logf("%q: the sanitizer removes %q, %s", payload, r.Span.Of(d.Text), r)
					}
				}
			}
			if missed > 0 || seen == 0 {
				t.Errorf("of %d things that the sanitizer takes for active, %d are not found", seen, missed)
			}
		})
	}
}

var foreignStyle = regexp.MustCompile(`(?is)<(?:svg|math).*(?:<style|<!\[CDATA|<script)`)

// handlerName is the attribute in a removal of "attribute onclick of a".
func handlerName(r sanitize.Removal) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(r.What, "attribute "), " ")
	return name
}

func notALetter(r rune) bool { return r < 'a' || r > 'z' }

func covered(found map[int]bool, s pipeline.Span) bool {
	for at := s.Start; at <= s.End; at++ {
		if found[at] {
			return true
		}
	}
	return false
}

// TestDatesAsArticle compares the date that an article had before date-format wrote it anew with the one after.
func TestDatesAsArticle(t *testing.T) {
	l := linter(t, one("date-format"))
	for _, text := range []string{
		"Fri, 22 Jul 2022 22:48:17 GMT", "Fri, 22 Jul 2022 22:48:17 +0800", "22 Jul 2022 22:48 UTC", "Friday, 22-Jul-22 22:48:17 GMT",
		"Fri Jul 22 22:48:17 2022", "Fri Jul 22 2022 22:48:17 GMT+0800 (CST)", "July 22, 2022", "22 July 2022", "2022/7/22", "2022.7.22",
		"2022/07/22 10:11", "2022/7/22 10:11:12", "2021-1-5", "2021-1-5 6:07:08", "2022年7月22日", "2021年7月14日00:06:33",
		"2021年7月31日15時44分07秒", "2021年6月22日，21点39分", "7/22/2022", "22/7/2022", "7/7/2022",
	} {
		d := document("a.md", []byte("---\ndate: '"+text+"'\n---\n"))
		was := article.Of(d)
		if n, err := l.Fix(d, pipeline.Safe); n != 1 || err != nil {
			t.Errorf("%s: %d fixes, %v", text, n, err)
		}
		if is := article.Of(d); is.Date != was.Date || is.Zoned != was.Zoned || is.Date == "" {
			t.Errorf("%s is %s (zoned: %v) for package article, then %s (zoned: %v)", text, was.Date, was.Zoned, is.Date, is.Zoned)
		}
	}
}
