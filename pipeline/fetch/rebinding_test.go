package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// nameServer answers questions for addresses of IPv4, one after the other, the last one for ever.
func nameServer(t *testing.T, answers ...[4]byte) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		packet := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(packet)
			var m dnsmessage.Message
			if err != nil || m.Unpack(packet[:n]) != nil || len(m.Questions) != 1 {
				return
			}
			q := m.Questions[0]
			m.Response, m.Additionals = true, nil
			if q.Type == dnsmessage.TypeA {
				m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
					Body: &dnsmessage.AResource{A: answers[0]}}}
				answers = answers[min(1, len(answers)-1):]
			}
			if reply, err := m.Pack(); err == nil {
				conn.WriteTo(reply, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// A name that was public when somebody looked, and is not when the connection is made, leads nowhere.
func TestRebinding(t *testing.T) {
	s, asked := serve(t, func(http.ResponseWriter, *http.Request) {})
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(s.URL, "http://"))
	resolver := nameServer(t, [4]byte{1, 1, 1, 1}, [4]byte{127, 0, 0, 1})
	if addresses, err := resolver.LookupIP(t.Context(), "ip4", "rebinding.example."); err != nil || len(addresses) != 1 || addresses[0].String() != "1.1.1.1" {
		t.Fatal(addresses, err)
	}
	d := dialer{limit: 5 * time.Second, resolver: resolver}
	conn, err := d.dial(t.Context(), "tcp4", "rebinding.example.:"+port)
	var e *Error
	if !errors.As(err, &e) || !strings.Contains(e.Reason(), "127.0.0.1 is not public") {
		t.Fatal(conn, err)
	}
	// One that the user trusts may have any address.
	d.policy.trusted = []place{{"rebinding.example", port}}
	conn, err = d.dial(t.Context(), "tcp4", "rebinding.example.:"+port)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if len(asked()) != 0 {
		t.Fatal("it was asked")
	}
}
