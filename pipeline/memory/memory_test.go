package memory

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

// percent is how far garbage may grow, of what is in use.
func percent() uint64 {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// The garbage of pictures is collected as usual from the second time on.
func TestPicturesAreCollectedAsUsual(t *testing.T) {
	if !seldom {
		t.Skip("GOGC is set")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(math.MaxInt64))
	Tune(Pictures)
	if percent() != 800 {
		t.Errorf("%d %% at first", percent())
	}
	runtime.GC()
	for end := time.Now().Add(5 * time.Second); percent() != 100; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d %% afterwards", percent())
		}
	}
}
