package git

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"
)

// Top is how a path from the top of the working tree is opened from the working folder.
func (r *Repository) Top(path string) string { return r.name(path) }

// HookPath is the file, as it is opened from the working folder, that git runs as the hook of a name,
// whether it is there or not. Where husky has its hooks, it is the one that husky runs and its user
// writes. The error says that core.hooksPath leads out of the repository: other repositories may
// have their hooks there, too.
func (r *Repository) HookPath(ctx context.Context, hook string) (string, error) {
	out, err := r.run(ctx, nil, "config", "--type=path", "--get", "core.hooksPath")
	if failed := (*Error)(nil); errors.As(err, &failed) && failed.Status == 1 {
		out, err = r.run(ctx, nil, "rev-parse", "--git-path", "hooks/"+hook)
		return filepath.FromSlash(strings.TrimSuffix(string(out), "\n")), err
	}
	if err != nil {
		return "", err
	}
	folder := strings.TrimSuffix(string(out), "\n")
	if filepath.IsAbs(folder) {
		if folder, err = r.Relative(ctx, folder); err != nil {
			return "", fmt.Errorf("core.hooksPath leads out of the repository: %w", err)
		}
	}
	folder = path.Clean(filepath.ToSlash(folder))
	if folder == ".." || strings.HasPrefix(folder, "../") {
		return "", fmt.Errorf("core.hooksPath leads out of the repository: %q", folder)
	}
	folder = strings.TrimSuffix(folder, ".husky/_") + map[bool]string{true: ".husky"}[strings.HasSuffix(folder, ".husky/_")]
	return r.name(path.Join(folder, hook)), nil
}
