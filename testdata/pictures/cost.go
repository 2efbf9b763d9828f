package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// kinds prints of each picture whether it is PNG, or baseline or progressive JPEG, and its size.
func kinds(names []string) error {
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		c, kind, err := image.DecodeConfig(bytes.NewReader(data))
		switch {
		case err != nil:
			continue
		case kind == "jpeg" && progressive(data):
			kind = "progressive"
		case kind == "jpeg":
			kind = "baseline"
		}
		fmt.Printf("%s %d %d %s\n", kind, c.Width*c.Height, c.Width, name)
	}
	return nil
}

// progressive looks for the frame's marker.
func progressive(data []byte) bool {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; at += 2 + int(binary.BigEndian.Uint16(data[at+2:])) {
		switch data[at+1] {
		case 0xc0, 0xc1:
			return false
		case 0xc2:
			return true
		}
	}
	return false
}

// usage is what one run of a command took.
type usage struct{ cpu, wall, memory float64 }

// cost runs shell commands by turns, and prints for each the least and the median CPU time, the same of
// the wall's, and the median of the most memory.
func cost(text string, commands []string) error {
	rounds, err := strconv.Atoi(text)
	if err != nil {
		return err
	}
	all := make([][]usage, len(commands))
	for range rounds {
		for i, command := range commands {
			u, err := measure(command)
			if err != nil {
				return fmt.Errorf("%s: %w", command, err)
			}
			all[i] = append(all[i], u)
		}
	}
	for _, runs := range all {
		part := func(of func(usage) float64) (least, median float64) {
			var v []float64
			for _, u := range runs {
				v = append(v, of(u))
			}
			slices.Sort(v)
			return v[0], v[len(v)/2]
		}
		cpu, cpuMedian := part(func(u usage) float64 { return u.cpu })
		wall, wallMedian := part(func(u usage) float64 { return u.wall })
		_, memory := part(func(u usage) float64 { return u.memory })
		fmt.Printf("%.3f %.3f %.3f %.3f %.0f\n", cpu, cpuMedian, wall, wallMedian, memory)
	}
	return nil
}

func measure(command string) (usage, error) {
	c := exec.Command("sh", "-c", "exec "+command)
	start := time.Now()
	out, err := c.CombinedOutput()
	if err != nil {
		return usage{}, fmt.Errorf("%w: %s", err, out)
	}
	r := c.ProcessState.SysUsage().(*syscall.Rusage)
	cpu := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	return usage{cpu.Seconds(), time.Since(start).Seconds(), float64(r.Maxrss) / 1024}, nil
}
