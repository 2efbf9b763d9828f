package commands

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline/files"
	"copydesk/pipeline/images"
	"copydesk/pipeline/report"
)

// prune is what becomes of made pictures that nothing refers to.
type prune struct {
	delete  bool
	folders []string // that are looked through; none without --prune
}

func pruneFlag() cli.Flag {
	return &cli.StringFlag{Name: "prune", Category: "Images", Usage: "list or delete made pictures that no file names, below the folder that is written to: `list|delete`"}
}

// readPrune reads --prune, and where it is to look.
func readPrune(c *cli.Context, f *shared) (p prune, err error) {
	word := c.String("prune")
	if word == "" {
		return p, nil
	}
	if err := oneOf("prune", word, []string{"list", "delete"}); err != nil {
		return p, err
	}
	p.delete = word == "delete"
	switch folder := f.out.folder(); {
	case folder != "":
		p.folders = []string{folder}
	case f.out.write && len(f.in.paths) > 0:
		p.folders = f.in.paths
	default:
		return p, usage("--prune looks through the folder that is written to, and there is none; use it with -w or -o DIR/")
	}
	for _, folder := range p.folders {
		if info, err := os.Stat(folder); f.out.write && (err != nil || !info.IsDir()) {
			return p, usage("--prune looks through folders, and %s is none; name the folder in which all lies that may refer to its pictures", report.Quote(folder))
		}
	}
	return p, nil
}

// run prunes: the paths go to standard output, one a line.
func (p prune) run(ctx context.Context, s Streams, f *shared, o images.Options) error {
	if len(p.folders) == 0 {
		return nil
	}
	maker, err := images.NewMaker(o)
	if err != nil {
		return err
	}
	number, size := 0, int64(0)
	var failed error
	for _, folder := range p.folders {
		left, err := maker.Unused(ctx, folder)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("nothing below %s was deleted: %w", report.Quote(folder), err))
			continue
		}
		for _, l := range left {
			name := filepath.Join(folder, filepath.FromSlash(l.Path))
			if p.delete {
				if err := remove(folder, l.Path); err != nil {
					failed = errors.Join(failed, fmt.Errorf("delete %s: %w", report.Quote(name), files.Cause(err)))
					continue
				}
			}
			number, size = number+1, size+l.Size
			if _, err := fmt.Fprintln(s.Out, report.Quote(name)); err != nil {
				return err
			}
		}
	}
	if !f.quiet {
		done := "can be deleted"
		if p.delete {
			done = "deleted"
		}
		fmt.Fprintf(s.Err, "%s that nothing refers to, %s, %s\n", count(number, "picture"), byteSize(size), done)
	}
	return failed
}

// remove deletes a file, and the folder that it leaves empty.
func remove(folder, name string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.Remove(name); err != nil {
		return err
	}
	if dir := path.Dir(name); dir != "." {
		_ = root.Remove(dir) // It stays while there is anything in it.
	}
	return nil
}
