package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseBytes reads a number of bytes: 500, 64KiB, 16MiB, 1GiB, or KB, MB, GB of 1,000.
func ParseBytes(text string) (int64, error) {
	units := []struct {
		name string
		n    int64
	}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1}, {"", 1}}
	for _, u := range units {
		number, ok := strings.CutSuffix(text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
		if err != nil || n <= 0 || n > (1<<62)/u.n {
			break
		}
		return n * u.n, nil
	}
	return 0, fmt.Errorf("%q is not a number of bytes such as 16MiB", text)
}

// ParseTime reads how long something may take, such as 10s or 1m30s.
func ParseTime(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%q is not a time such as 10s", text)
	}
	return d, nil
}
