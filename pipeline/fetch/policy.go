package fetch

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// policy says which URLs may be asked for, whoever names them.
type policy struct {
	trusted []place
}

// place is a host that the user named. An empty port means 80 and 443.
type place struct{ host, port string }

// readPolicy reads the hosts that the user trusts, each HOST or HOST:PORT.
func readPolicy(hosts []string) (p policy, err error) {
	for _, text := range hosts {
		at, err := readPlace(text)
		if err != nil {
			return p, fmt.Errorf("option allow-host: %q is not HOST or HOST:PORT: %w", text, err)
		}
		p.trusted = append(p.trusted, at)
	}
	return p, nil
}

func readPlace(text string) (at place, err error) {
	at.host = strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")
	if _, err := netip.ParseAddr(at.host); err != nil && strings.Contains(text, ":") {
		if at.host, at.port, err = net.SplitHostPort(text); err != nil {
			return at, errors.New("it has too many colons; write an IPv6 address in brackets")
		}
		if n, err := strconv.ParseUint(at.port, 10, 16); err != nil || n == 0 {
			return at, fmt.Errorf("%q is no port", at.port)
		}
	}
	if at.host == "" || strings.ContainsAny(at.host, "/@?#%* \t") {
		return at, errors.New("it names no host")
	}
	at.host, err = canonicalHost(at.host)
	return at, err
}

// canonicalHost is a host as connections are made to it: lower case, in ASCII, an address in its shortest form.
func canonicalHost(host string) (string, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.Unmap().String(), nil
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil {
		// Names that DNS would not take, with underscores for one, exist all the same.
		ascii = strings.ToLower(host)
	}
	if ascii = strings.TrimSuffix(ascii, "."); ascii == "" || strings.ContainsAny(ascii, "%/:?#@[]\\^|<> ") {
		return "", errors.New("it names no host")
	}
	return ascii, nil
}

// check refuses URLs that must not be asked for, be it that an article or a redirect names them.
func (p policy) check(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return refuse(fmt.Errorf("%q is neither http nor https", u.Scheme), "")
	case u.User != nil:
		return refuse(errors.New("the URL holds a user name"), "take it out")
	case u.Hostname() == "":
		return refuse(errors.New("the URL names no host"), "correct the reference")
	}
	host, err := canonicalHost(u.Hostname())
	if err != nil {
		return refuse(err, "correct the reference")
	}
	port := portOf(u)
	if port != "80" && port != "443" && !slices.Contains(p.trusted, place{host, port}) {
		return refuse(fmt.Errorf("port %s of %s is neither 80 nor 443", port, host), "allow it with --allow-host "+net.JoinHostPort(host, port))
	}
	if addr, err := netip.ParseAddr(host); err == nil && !p.trusts(host, port) {
		return refuseAddress(addr, host)
	}
	return nil
}

// trusts tells whether the user vouches for whatever address a host has.
func (p policy) trusts(host, port string) bool {
	host, err := canonicalHost(host)
	return err == nil && (slices.Contains(p.trusted, place{host, port}) ||
		(port == "80" || port == "443") && slices.Contains(p.trusted, place{host, ""}))
}

func portOf(u *url.URL) string {
	if port := u.Port(); port != "" {
		return port
	}
	if u.Scheme == "http" {
		return "80"
	}
	return "443"
}

// refuseAddress refuses an address that is not public; nil means that it is.
func refuseAddress(addr netip.Addr, host string) error {
	if err := public(addr); err != nil {
		return refuse(err, "if the host is yours, allow it with --allow-host "+host)
	}
	return nil
}
