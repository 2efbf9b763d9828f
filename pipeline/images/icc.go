package images

import (
	"encoding/binary"
	"math"
)

// profileSpace is the colour space of the pixels that an ICC profile describes: "RGB ", "GRAY", "CMYK"
// (ICC.1:2022, table 19); empty for what is no profile.
func profileSpace(icc []byte) string {
	const tags = 128
	if len(icc) < tags+4 || string(icc[36:40]) != "acsp" {
		return ""
	}
	return string(icc[16:20])
}

// isSRGB tells whether a profile says what is assumed without one: the primaries of sRGB, and a curve that
// gives half of the signal nearly the light that sRGB does. Gray ones have the curve alone.
func isSRGB(icc []byte) bool {
	space := profileSpace(icc)
	if space == "GRAY" {
		return isCurve(profileTag(icc, "kTRC"))
	}
	if space != "RGB " {
		return false
	}
	primaries := map[string][3]float64{ // IEC 61966-2-1, adapted to D50
		"rXYZ": {0.4360, 0.2225, 0.0139}, "gXYZ": {0.3851, 0.7169, 0.0971}, "bXYZ": {0.1431, 0.0606, 0.7139},
	}
	for name, want := range primaries {
		tag := profileTag(icc, name)
		if len(tag) < 20 || !isCurve(profileTag(icc, name[:1]+"TRC")) {
			return false
		}
		for i, v := range want {
			if math.Abs(fixed(tag[8+4*i:])-v) > 0.003 {
				return false
			}
		}
	}
	return true
}

// profileTag is the data of a tag; nil without.
func profileTag(icc []byte, name string) []byte {
	const tags = 128
	for i := range min(int64(binary.BigEndian.Uint32(icc[tags:])), 100) {
		at := tags + 4 + 12*i
		if at+12 > int64(len(icc)) {
			return nil
		}
		start, size := int64(binary.BigEndian.Uint32(icc[at+4:])), int64(binary.BigEndian.Uint32(icc[at+8:]))
		if string(icc[at:at+4]) == name && start+size <= int64(len(icc)) {
			return icc[start : start+size]
		}
	}
	return nil
}

// fixed is a s15Fixed16Number.
func fixed(p []byte) float64 { return float64(int32(binary.BigEndian.Uint32(p))) / 65536 }

// isCurve tells whether a tone curve gives half of the signal the light of sRGB.
func isCurve(tag []byte) bool {
	const half, tolerance = 0.2140, 0.006
	light := math.NaN()
	switch {
	case len(tag) < 12:
	case string(tag[:4]) == "curv":
		light = curveAtHalf(tag)
	case string(tag[:4]) == "para":
		light = parametricAtHalf(tag)
	}
	return math.Abs(light-half) < tolerance
}

// curveAtHalf evaluates a curveType (10.6): a gamma, or samples.
func curveAtHalf(tag []byte) float64 {
	n := int64(binary.BigEndian.Uint32(tag[8:]))
	sample := func(i int64) float64 { return float64(binary.BigEndian.Uint16(tag[12+2*i:])) / 65535 }
	switch {
	case n == 1 && len(tag) >= 14:
		return math.Pow(0.5, float64(binary.BigEndian.Uint16(tag[12:]))/256)
	case n > 1 && 12+2*n <= int64(len(tag)):
		return (sample((n-1)/2) + sample(n/2)) / 2
	}
	return 0.5
}

// parametricAtHalf evaluates a parametricCurveType (10.18), in the part above its linear one.
func parametricAtHalf(tag []byte) float64 {
	kind := binary.BigEndian.Uint16(tag[8:])
	counts := []int{1, 3, 4, 5, 7}
	if int(kind) >= len(counts) || len(tag) < 12+4*counts[kind] {
		return math.NaN()
	}
	p := [7]float64{1: 1}
	for i := range counts[kind] {
		p[i] = fixed(tag[12+4*i:])
	}
	offset := 0.0
	switch kind {
	case 2:
		offset = p[3]
	case 4:
		offset = p[5]
	}
	return math.Pow(p[1]*0.5+p[2], p[0]) + offset
}
