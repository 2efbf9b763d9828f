package fetch

import (
	"context"
	"net"
	"net/netip"
	"syscall"
	"time"
)

// dialer makes connections to public addresses, and to whatever address a host has that the user trusts.
type dialer struct {
	policy   policy
	proxy    string // HOST:PORT of the proxy, which the user named; empty without one
	limit    time.Duration
	resolver *net.Resolver // nil is the system's
}

// dial connects to an address of a host. The check stands behind DNS, in the dialer's Control, so it holds
// for every address of a name, for names that resolve to something else the second time, and for redirects.
func (d dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	n := net.Dialer{Timeout: d.limit, Resolver: d.resolver}
	if address != d.proxy && !d.policy.trusts(host, port) {
		n.Control = func(_, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil {
				return err
			}
			return refuseAddress(at.Addr(), host)
		}
	}
	return n.DialContext(ctx, network, address)
}
