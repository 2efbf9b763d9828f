// Copydesk checks, cleans and converts articles: front matter, bodies and pictures.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"copydesk/commands"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	signal.Ignore(syscall.SIGPIPE) // A closed pipe is the error of a write.
	code := commands.Main(ctx, os.Args, commands.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(code)
}
