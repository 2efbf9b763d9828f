package matter

import (
	"strings"
	"testing"
	"time"
)

// shown is a date as the table of TestReadDate has it: its time, "assumed" where the zone is,
// then its form and readings, if it has any.
func shown(d DateText) string {
	out := "?"
	if !d.Time.IsZero() {
		out = d.Time.Format(time.RFC3339Nano)
	}
	if !d.Zoned {
		out += " assumed"
	}
	if d.Form != "" {
		out += "; " + d.Form + ": " + strings.Join(d.Readings, " or ")
	}
	if d.Doubt != "" {
		out += "; " + d.Doubt
	}
	return out
}

func TestReadDate(t *testing.T) {
	const digits, chinese, english = "; a date of digits: ", "; a Chinese or Japanese date: ", "; an English date: "
	for text, want := range map[string]string{
		"2022-07-22T22:48:17Z":                       "2022-07-22T22:48:17Z",
		" 2022-07-22 ":                               "2022-07-22T00:00:00Z assumed",
		"2022-07-22t22:48:17.5+08:00":                "2022-07-22T22:48:17.5+08:00",
		"2021-10-10 11:06:15":                        "2021-10-10T11:06:15Z assumed",
		"2021-10-10 1:06:15 -0800":                   "2021-10-10T01:06:15-08:00",
		"2021-10-10 11:06":                           "2021-10-10T11:06:00Z assumed",
		"2021-10-10 11:06:15+08":                     "2021-10-10T11:06:15+08:00",
		"2021-10-10 11:06:15.123456789123 +0800 CST": "2021-10-10T11:06:15.123456789+08:00",
		"2021-10-10 11:06 EST":                       "2021-10-10T11:06:00-05:00; year-month-day with another time than RFC 3339's: 2021-10-10T11:06:00-05:00",
		"2021-10-10 3:06 PM":                         "2021-10-10T15:06:00Z assumed; year-month-day with another time than RFC 3339's: 2021-10-10T15:06:00",
		"2021-10-10，21点39分":                          "2021-10-10T21:39:00Z assumed; year-month-day with another time than RFC 3339's: 2021-10-10T21:39:00",
		"2021-1-5":                                   "2021-01-05T00:00:00Z assumed; a date without its leading zeros: 2021-01-05",
		"2022/7/2":                                   "2022-07-02T00:00:00Z assumed; year/month/day: 2022-07-02",
		"2022/7/2 10:11:12.25":                       "2022-07-02T10:11:12.25Z assumed; year/month/day: 2022-07-02T10:11:12.25",
		"2022.7.22 8:05":                             "2022-07-22T08:05:00Z assumed; year.month.day: 2022-07-22T08:05:00",
		"2022-7/22":                                  "2022-07-22T00:00:00Z assumed" + digits + "2022-07-22",
		"Fri, 22 Jul 2022 22:48:17 GMT":              "2022-07-22T22:48:17Z; RFC 1123: 2022-07-22T22:48:17Z",
		"FRI, 22 JUL 2022 22:48:17 GMT":              "2022-07-22T22:48:17Z; RFC 1123: 2022-07-22T22:48:17Z",
		"Fri, 22 Jul 2022 22:48:17 GMT+8":            "2022-07-22T22:48:17+08:00; RFC 1123: 2022-07-22T22:48:17+08:00",
		"Fri, 22 Jul 2022 22:48:17 CST":              "2022-07-22T22:48:17Z assumed; RFC 1123: 2022-07-22T22:48:17-06:00 or 2022-07-22T22:48:17+08:00",
		"Fri, 22 Jul 2022 22:48:17 XYZ":              "2022-07-22T22:48:17Z assumed; RFC 1123: ",
		"Thu, 22 Jul 2022 22:48:17 GMT":              "2022-07-22T22:48:17Z; RFC 1123: 2022-07-22T22:48:17Z; 2022-07-22 is a Friday",
		"Friday, 22-Jul-49 22:48:17 UTC":             "2049-07-22T22:48:17Z; RFC 850: 2049-07-22T22:48:17Z; 2049-07-22 is a Thursday",
		"22 Jul 99 22:48 EST":                        "1999-07-22T22:48:00-05:00; RFC 822: 1999-07-22T22:48:00-05:00",
		"Fri Jul 22 2022 22:48:17 GMT+0800 (China)":  "2022-07-22T22:48:17+08:00; a JavaScript date: 2022-07-22T22:48:17+08:00",
		"Fri Jul 22 22:48:17 2022":                   "2022-07-22T22:48:17Z assumed; ANSI C: 2022-07-22T22:48:17",
		"Fri Jul 22 22:48:17 UTC 2022":               "2022-07-22T22:48:17Z; the output of date: 2022-07-22T22:48:17Z",
		"Jul 22, 2022":                               "2022-07-22T00:00:00Z assumed" + english + "2022-07-22",
		"July 22nd, 2022 at 3:05 pm":                 "2022-07-22T15:05:00Z assumed" + english + "2022-07-22T15:05:00",
		"Fri, 22 July 2022":                          "2022-07-22T00:00:00Z assumed" + english + "2022-07-22",
		"22-Jul-2022":                                "2022-07-22T00:00:00Z assumed" + english + "2022-07-22",
		"2022-Jul-22":                                "2022-07-22T00:00:00Z assumed" + english + "2022-07-22",
		"2021年7月14日00:06:33":                         "2021-07-14T00:06:33Z assumed" + chinese + "2021-07-14T00:06:33",
		"2021年7月14日00:06:33 +0800":                   "2021-07-14T00:06:33+08:00" + chinese + "2021-07-14T00:06:33+08:00",
		"2021年6月22日，21点39分":                          "2021-06-22T21:39:00Z assumed" + chinese + "2021-06-22T21:39:00",
		"2021年7月31日15时44分07秒":                        "2021-07-31T15:44:07Z assumed" + chinese + "2021-07-31T15:44:07",
		"2021 年 7 月 31 日（星期六）下午3:05":                 "2021-07-31T15:05:00Z assumed" + chinese + "2021-07-31T15:05:00",
		"2021年7月31日":                                 "2021-07-31T00:00:00Z assumed" + chinese + "2021-07-31",
		"12/25/2021":                                 "2021-12-25T00:00:00Z assumed" + digits + "2021-12-25",
		"25/12/2021 10:00":                           "2021-12-25T10:00:00Z assumed" + digits + "2021-12-25T10:00:00",
		"7.7.2021":                                   "2021-07-07T00:00:00Z assumed" + digits + "2021-07-07",
		"7/8/2022":                                   "? assumed" + digits + "2022-07-08 or 2022-08-07",
	} {
		d, ok := ReadDate(text)
		if got := shown(d); !ok || got != want {
			t.Errorf("%q is\n%s\nnot\n%s", text, got, want)
		}
	}
	for _, text := range []string{
		"", "Invalid Date", "undefined", "2022-02-30", "2022/2/30", "2022-13-01", "2022-01-01 25:00", "13/13/2022", "20220722",
		"2022-07-22T22:48:17+/-TTTT", "2022-07-22T", "2022-07-22T22:48:17+99:00:00", "1657000000", "22 July", strings.Repeat("2", 200),
	} {
		if d, ok := ReadDate(text); ok {
			t.Errorf("%q is %+v", text, d)
		}
	}
}

// FuzzReadDate holds that each reading is a date that needs no other form, and that the only one means
// the same time.
func FuzzReadDate(f *testing.F) {
	for _, s := range []string{"Fri, 22 Jul 2022 22:48:17 GMT+8", "2022-07-22T22:48:17.5+08:00", "7/8/2022", "2021年7月14日 下午12:06:33", "2021-10-10 1:06 PM"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, ok := ReadDate(text)
		if !ok {
			return
		}
		for _, reading := range d.Readings {
			again, ok := ReadDate(reading)
			if !ok || again.Form != "" {
				t.Errorf("%q has the reading %q, which is %+v", text, reading, again)
			}
			if len(d.Readings) == 1 && (!again.Time.Equal(d.Time) || again.Zoned != d.Zoned || again.Timed != d.Timed) {
				t.Errorf("%q is %+v, its reading %q %+v", text, d, reading, again)
			}
		}
	})
}

func BenchmarkReadDate(b *testing.B) {
	for _, text := range []string{"2022-07-22T22:48:17Z", "Fri, 22 Jul 2022 22:48:17 GMT", "no date at all"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				ReadDate(text)
			}
		})
	}
}
