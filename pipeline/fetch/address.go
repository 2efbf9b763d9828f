package fetch

import (
	"fmt"
	"net/netip"
	"sync"
)

// specialRange is a range of addresses that no public host has.
type specialRange struct {
	prefix netip.Prefix
	use    string
}

// specialRanges are those of IANA's registries of special-purpose addresses (RFC 6890 and its updates, as of
// 2025) and multicast. Some are reachable from anywhere; none has pictures. Of ranges inside each other
// only the widest stands here; of IPv6, only what lies in 2000::/3.
var specialRanges = sync.OnceValue(func() (ranges []specialRange) {
	for _, r := range [...][2]string{
		{"0.0.0.0/8", "this network"},
		{"10.0.0.0/8", "private use"},
		{"100.64.0.0/10", "shared address space"},
		{"127.0.0.0/8", "loopback"},
		{"169.254.0.0/16", "link local"},
		{"172.16.0.0/12", "private use"},
		{"192.0.0.0/24", "protocol assignments"},
		{"192.0.2.0/24", "documentation"},
		{"192.31.196.0/24", "AS112"},
		{"192.52.193.0/24", "AMT"},
		{"192.88.99.0/24", "6to4 relays"},
		{"192.168.0.0/16", "private use"},
		{"192.175.48.0/24", "AS112"},
		{"198.18.0.0/15", "benchmarking"},
		{"198.51.100.0/24", "documentation"},
		{"203.0.113.0/24", "documentation"},
		{"224.0.0.0/4", "multicast"},
		{"240.0.0.0/4", "reserved"},
		{"2001::/23", "protocol assignments, among them Teredo"},
		{"2001:db8::/32", "documentation"},
		{"2002::/16", "6to4"},
		{"2620:4f:8000::/48", "AS112"},
		{"3fff::/20", "documentation"},
	} {
		ranges = append(ranges, specialRange{netip.MustParsePrefix(r[0]), r[1]})
	}
	return ranges
})

// The parts of IPv6 that are looked at. Outside of global unicast there are ::1, ::ffff:0:0/96 (mapped),
// 64:ff9b:1::/48, 100::/64, 5f00::/16, fc00::/7 (unique local), fe80::/10 (link local), ff00::/8 (multicast),
// and what is not given to anybody.
const (
	globalUnicast = "2000::/3"
	nat64         = "64:ff9b::/96" // IPv4 addresses as hosts without IPv4 reach them (RFC 6052)
)

// public tells why no public host can have an address; nil if one can.
func public(addr netip.Addr) error {
	told := addr
	addr = addr.WithZone("").Unmap()
	if netip.MustParsePrefix(nat64).Contains(addr) {
		bytes := addr.As16()
		addr = netip.AddrFrom4([4]byte(bytes[12:]))
	}
	for _, r := range specialRanges() {
		if r.prefix.Contains(addr) {
			return fmt.Errorf("the address %s is not public (%s, %s)", told, r.prefix, r.use)
		}
	}
	if addr.Is6() && !netip.MustParsePrefix(globalUnicast).Contains(addr) {
		return fmt.Errorf("the address %s is not public (outside %s)", told, globalUnicast)
	}
	return nil
}
