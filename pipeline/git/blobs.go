package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Blobs reads objects through one process of git. One goroutine uses it at a time, and closes it.
type Blobs struct {
	ctx  context.Context
	cmd  *exec.Cmd
	said *bytes.Buffer
	in   io.WriteCloser
	out  *bufio.Reader
	done bool // the process has ended
}

// Blobs begins to read objects.
func (r *Repository) Blobs(ctx context.Context) (*Blobs, error) {
	b := &Blobs{ctx: ctx}
	b.cmd, b.said = command(ctx, []string{"cat-file", "--batch"})
	in, err := b.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := b.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := b.cmd.Start(); err != nil {
		return nil, finish(ctx, "cat-file", err, "")
	}
	b.in, b.out = in, bufio.NewReaderSize(out, 64<<10)
	return b, nil
}

// Read returns the bytes of the object with an id and how many they are. Of one that has more than
// limit bytes it returns the number alone.
func (b *Blobs) Read(id string, limit int64) (data []byte, size int64, err error) {
	if _, err := io.WriteString(b.in, id+"\n"); err != nil {
		return nil, 0, b.lost(err)
	}
	head, err := b.out.ReadString('\n')
	if err != nil {
		return nil, 0, b.lost(err)
	}
	fields := strings.Fields(head)
	if len(fields) != 3 {
		return nil, 0, fmt.Errorf("git cat-file: %s", strings.TrimSpace(head)) // "ID missing"
	}
	size, err = strconv.ParseInt(fields[2], 10, 64)
	if err != nil || size < 0 {
		return nil, 0, fmt.Errorf("git cat-file: unexpected answer %q", head)
	}
	if size > limit {
		_, err = io.CopyN(io.Discard, b.out, size+1)
		return nil, size, b.lost(err)
	}
	data = make([]byte, size+1) // With the line break behind the object.
	if _, err := io.ReadFull(b.out, data); err != nil {
		return nil, 0, b.lost(err)
	}
	return data[:size:size], size, nil
}

// lost tells why the process ended early.
func (b *Blobs) lost(err error) error {
	if err == nil {
		return nil
	}
	_ = b.in.Close() // It ends either way.
	b.done = true
	if ended := finish(b.ctx, "cat-file", b.cmd.Wait(), b.said.String()); ended != nil {
		return ended
	}
	return fmt.Errorf("git cat-file: %w", err)
}

// Close ends the process.
func (b *Blobs) Close() error {
	if b.done {
		return nil
	}
	b.done = true
	_ = b.in.Close() // That is what ends it.
	_, _ = io.Copy(io.Discard, b.out)
	err := finish(b.ctx, "cat-file", b.cmd.Wait(), b.said.String())
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// Store writes objects that hold the data, and returns their ids in its order.
func (r *Repository) Store(ctx context.Context, data ...[]byte) (ids []string, err error) {
	dir, err := os.MkdirTemp("", "copydesk-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	var paths strings.Builder
	for i, d := range data {
		name := filepath.Join(dir, strconv.Itoa(i))
		if err := os.WriteFile(name, d, 0o600); err != nil {
			return nil, err
		}
		paths.WriteString(name + "\n")
	}
	out, err := r.run(ctx, strings.NewReader(paths.String()), "hash-object", "-w", "--no-filters", "--stdin-paths")
	if ids = strings.Fields(string(out)); err == nil && len(ids) != len(data) {
		err = fmt.Errorf("git hash-object: %d ids for %d objects", len(ids), len(data))
	}
	return ids, err
}

// CheckedOut returns the bytes that git would write into the working tree for the object with an id at
// a path from its top: with the line ends, the encoding and the filters that its attributes ask for.
func (r *Repository) CheckedOut(ctx context.Context, path, id string) ([]byte, error) {
	return r.run(ctx, nil, "cat-file", "--filters", "--path="+path, id)
}

// CheckedIn returns the id of the object that git would make of data in the working tree at a path from
// its top. Nothing is written.
func (r *Repository) CheckedIn(ctx context.Context, path string, data []byte) (id string, err error) {
	out, err := r.run(ctx, bytes.NewReader(data), "hash-object", "--path="+path, "--stdin")
	return strings.TrimSuffix(string(out), "\n"), err
}
