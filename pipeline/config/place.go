package config

import (
	"path/filepath"

	"copydesk/pipeline/feed"
	"copydesk/pipeline/matter"
)

// setNode sets an option from a value of the file; what is the path of a file is relative to the config's folder.
func (c *Config) setNode(o Option, n *matter.Node) (wrong *matter.Node, err error) {
	if wrong, err = o.SetNode(n); err == nil && o.Path {
		if path := o.value.String(); path != "" && !filepath.IsAbs(path) {
			o.value.SetString(filepath.Join(filepath.Dir(c.Path), filepath.FromSlash(path)))
		}
	}
	return wrong, err
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
