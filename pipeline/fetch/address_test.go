package fetch

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

// The registries of special-purpose addresses as they stand at IANA, row by row, multicast, and what was
// given back: none of it is a host with pictures.
const registries = `
0.0.0.0/8 0.0.0.0/32 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.0.0/29
192.0.0.8/32 192.0.0.9/32 192.0.0.10/32 192.0.0.170/32 192.0.0.171/32 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24
192.88.99.0/24 192.88.99.2/32 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4
255.255.255.255/32 224.0.0.0/4 239.255.255.0/24
::1/128 ::/128 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001::/32 2001:1::1/128
2001:1::2/128 2001:1::3/128 2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 2001:20::/28 2001:30::/28
2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10
ff00::/8 fec0::/10 ::/96 4000::/3 8000::/1`

func TestSpecialAddresses(t *testing.T) {
	rows := strings.Fields(registries)
	if len(rows) < 43 {
		t.Fatal(len(rows), "rows")
	}
	for _, row := range rows {
		p := netip.MustParsePrefix(row)
		for _, addr := range []netip.Addr{p.Addr(), last(p)} {
			forms := []netip.Addr{addr}
			if addr.Is4() {
				four := addr.As4()
				mapped := netip.AddrFrom16(addr.As16())
				translated := netip.MustParseAddr("64:ff9b::").As16()
				copy(translated[12:], four[:])
				sixToFour := netip.MustParseAddr("2002::").As16()
				copy(sixToFour[2:], four[:])
				forms = append(forms, mapped, netip.AddrFrom16(translated), netip.AddrFrom16(sixToFour))
			}
			for _, form := range forms {
				if public(form) == nil {
					t.Errorf("%s of %s passes", form, row)
				}
			}
		}
	}
	for _, text := range []string{"fe80::1%eth0", "2001:0:53aa:64c:0:fbff:3f57:fe8c"} {
		if public(netip.MustParseAddr(text)) == nil {
			t.Error(text, "passes")
		}
	}
	for _, text := range []string{"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
		"169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
		"223.255.255.255", "2001:200::", "2606:4700::1111", "2400:cb00::1", "64:ff9b::101:101", "::ffff:1.1.1.1"} {
		if err := public(netip.MustParseAddr(text)); err != nil {
			t.Error(err)
		}
	}
}

// last is the last address of a range.
func last(p netip.Prefix) netip.Addr {
	bytes := p.Addr().AsSlice()
	for bit := p.Bits(); bit < 8*len(bytes); bit++ {
		bytes[bit/8] |= 0x80 >> (bit % 8)
	}
	addr, _ := netip.AddrFromSlice(bytes)
	return addr
}

func TestPolicy(t *testing.T) {
	p, err := readPolicy([]string{"intranet", "Bücher.example:8080", "127.0.0.1:9000", "[::1]:9000", "fd00::5", "10.1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ address, want string }{
		{"https://example.com/a.png", ""},
		{"http://example.com:80/a.png", ""},
		{"http://example.com:443/a.png", ""},
		{"https://example.com:8443/", "port 8443 of example.com is neither 80 nor 443; allow it with --allow-host example.com:8443"},
		{"ftp://example.com/", "neither http nor https"},
		{"file:///etc/passwd", "neither http nor https"},
		{"https://user@example.com/", "user name"},
		{"https://user:secret@example.com/", "user name"},
		{"https:///a.png", "no host"},
		{"https:a.png", "no host"},
		{"https://./", "no host"},
		{"https://exa%zzmple/", "no host"},
		{"http://127.0.0.1/", "the address 127.0.0.1 is not public (127.0.0.0/8, loopback); if the host is yours, allow it with --allow-host 127.0.0.1"},
		{"http://127.0.0.1:9000/", ""},
		{"http://127.0.0.1:9001/", "port 9001"},
		{"http://[::ffff:127.0.0.1]:9000/", ""},
		{"http://[::ffff:127.0.0.1]/", "not public"},
		{"http://[::1]:9000/", ""},
		{"http://[::1]/", "not public"},
		{"http://①②⑦.0.0.1/", "not public"},
		{"http://１２７.0.0.1/", "not public"},
		{"http://127。0。0。1/", "not public"},
		{"http://169.254.169.254/latest/meta-data", "link local"},
		{"http://intranet/", ""},
		{"http://INTRANET./", ""},
		{"http://intranet:8080/", "port 8080"},
		{"http://bücher.example:8080/", ""},
		{"http://xn--bcher-kva.example:8080/", ""},
		{"http://[fd00::5]/", ""},
		{"http://[fd00::6]/", "not public"},
		{"http://10.1.2.3/", ""},
	} {
		u, err := Parse(c.address)
		if err != nil {
			t.Fatal(c.address, err)
		}
		switch err := p.check(u); {
		case (err == nil) != (c.want == ""):
			t.Errorf("%s: %v, want %q", c.address, err, c.want)
		case err != nil && !strings.Contains(err.(*Error).Reason(), c.want):
			t.Errorf("%s: %v, want %q", c.address, err, c.want)
		}
	}
	for _, host := range []string{"", "http://example.com", "a/b", "*.example.com", "host:", "host:99999", "host:0", "1:2:3", "a b", "user@host"} {
		if _, err := readPolicy([]string{host}); err == nil {
			t.Errorf("%q is taken for a host", host)
		}
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		" https://example.com/a b.png\n":     "https://example.com/a%20b.png",
		"https:\\\\example.com\\a.png?x=\\":  `https://example.com/a.png?x=\`,
		"HTTP://example.com/100%.png?p=5%#x": "http://example.com/100%25.png?p=5%25",
		"https://exa\tmple.com/a.png":        "https://example.com/a.png",
		"https://example.com/图.png":          "https://example.com/%E5%9B%BE.png",
		"https://example.com/a%2Fb.png":      "https://example.com/a%2Fb.png",
	} {
		if u, err := Parse(text); err != nil || u.String() != want {
			t.Errorf("%q: %v, %v, want %s", text, u, err, want)
		}
	}
	for _, text := range []string{"https://[::1/a.png", "https://exa mple/", ":x"} {
		if u, err := Parse(text); err == nil {
			t.Errorf("%q: %v", text, u)
		}
	}
}

// Whatever the text, what is asked for is what was checked: the URL as it is sent says the same again.
func FuzzParse(f *testing.F) {
	f.Add("https://example.com/a b.png?x=%#y")
	f.Add(`http:\\①②⑦.0.0.1\@x`)
	f.Add("http://[fe80::1%25eth0]/")
	f.Fuzz(func(t *testing.T, text string) {
		u, err := Parse(text)
		if err != nil || (policy{}).check(u) != nil {
			return
		}
		again, err := url.Parse(u.String())
		if err != nil || again.Host != u.Host || again.Scheme != u.Scheme || again.User != nil {
			t.Fatalf("%q is %v, and then %v, %v", text, u, again, err)
		}
	})
}
