// Package fetch downloads pictures, which anybody may have named, from hosts that anybody may run.
//
// The way of one picture:
//
//	known     asked for before in this run, or kept by an earlier one and fresh: no request (client.go, store.go)
//	allowed   http or https, port 80 or 443, no user name: of each redirect, too (policy.go)
//	turn      two requests to one host at once, and so many a second (pace.go)
//	address   checked after DNS, when the connection is made, so that no name and no redirect leads inside (dial.go, address.go)
//	asked     with what is known of it: 304 costs nothing, and a download that broke off goes on (transfer.go, part.go)
//	kept      under the hash of its bytes (store.go)
//
// There are no cookies, and no proxy but the one that is named.
package fetch
