package memory

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestForgetStart holds that fewer pages of files are mapped afterwards.
func TestForgetStart(t *testing.T) {
	before := mapped(t)
	forgetStart()
	if after := mapped(t); after >= before {
		t.Errorf("%d KiB are mapped, before %d", after, before)
	}
}

// mapped is how much of files is mapped and in memory, in KiB.
func mapped(t *testing.T) int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip(err)
	}
	_, rest, found := strings.Cut(string(status), "RssFile:")
	if !found {
		t.Skip("the system does not say")
	}
	size, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return size
}
