package config

import (
	"fmt"
	"path/filepath"

	"copydesk/pipeline/feed"
	"copydesk/pipeline/matter"
)

// setNode sets an option from a value of the file; what is the path of a file is relative to the config's folder.
func (c *Config) setNode(o Option, n *matter.Node) (wrong *matter.Node, err error) {
	if o.Flag {
		return n, fmt.Errorf("option %s is for the command line only: a config may come with someone else's articles", o.Name)
	}
	if wrong, err = o.SetNode(n); err != nil || !o.Path {
		return wrong, err
	}
	path := filepath.FromSlash(o.value.String())
	if path == "" {
		return nil, nil
	}
	if o.Inside && !c.holds(path) {
		return n, fmt.Errorf("option %s names a file outside the config's folder", o.Name)
	}
	if !filepath.IsAbs(path) {
		o.value.SetString(filepath.Join(filepath.Dir(c.Path), path))
	}
	return nil, nil
}

// holds tells whether a relative path, all links followed, stays in the config's folder.
func (c *Config) holds(path string) bool {
	if !filepath.IsLocal(path) {
		return false
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(c.Path))
	if err != nil {
		return false
	}
	file, err := filepath.EvalSymlinks(filepath.Join(folder, path))
	if err != nil {
		return true // It is not there: whoever opens it says so.
	}
	rel, err := filepath.Rel(folder, file)
	return err == nil && filepath.IsLocal(rel)
}

// place is where a document of that name stands for the globs of the config: its path relative to
// the config's folder, with slashes. A name outside of it (standard input without a name, an article in
// a stream) is taken as it is.
func (c *Config) place(name string) string {
	folder, err := filepath.Abs(filepath.Dir(c.Path))
	if err != nil {
		return filepath.ToSlash(name)
	}
	full, err := filepath.Abs(name)
	if err != nil {
		return filepath.ToSlash(name)
	}
	rel, err := filepath.Rel(folder, full)
	if err != nil || !filepath.IsLocal(rel) {
		return filepath.ToSlash(name)
	}
	return filepath.ToSlash(rel)
}

// covers tells whether a glob of the config means a document of that name. As in files.exclude,
// a glob without a slash means base names.
func (c *Config) covers(glob, name string) bool {
	return feed.Covers(glob, c.place(name))
}
