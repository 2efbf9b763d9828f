package memory

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// forgetStart gives back the pages of code that were mapped while the program started: with each that is used, the system
// maps the 15 around it (do_fault_around in mm/memory.c of Linux), and most of what starts a program is not needed again.
// What is comes back from the system's cache of the file.
func forgetStart() {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	mappings, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return
	}
	for line := range strings.Lines(string(mappings)) {
		fields := strings.Fields(line) // As in "00400000-00d9e000 r-xp 00000000 fe:00 1234 /usr/bin/copydesk".
		if len(fields) < 6 || fields[1] != "r-xp" || !strings.HasSuffix(line, " "+program+"\n") {
			continue
		}
		first, end, _ := strings.Cut(fields[0], "-")
		from, _ := strconv.ParseUint(first, 16, 64)
		to, _ := strconv.ParseUint(end, 16, 64)
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, uintptr(from), uintptr(to-from), syscall.MADV_DONTNEED)
	}
}
