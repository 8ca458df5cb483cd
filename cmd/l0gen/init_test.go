package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNameOf(t *testing.T) {
	t.Parallel()
	for folder, want := range map[string]string{
		"support": "support", "My-Desk": "mydesk", "desk_v2": "deskv2", "2024-desk": "desk",
		"2024": "prompts", "": "prompts", "помощь": "prompts", "func": "prompts", "main": "prompts", "/": "prompts",
	} {
		assert.Equal(t, want, nameOf(folder), folder)
	}
}

func TestPackageNameIsThatOfTheCode(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a[b]*")
	name, err := packageName(dir)
	require.NoError(t, err)
	assert.Equal(t, "ab", name, "a folder that is not there yet")

	write(t, filepath.Join(dir, "a_test.go"), "package other_test\n")
	write(t, filepath.Join(dir, "b.go"), "no Go\n")
	write(t, filepath.Join(dir, "c.go"), "package desk\n")
	name, err = packageName(dir)
	require.NoError(t, err)
	assert.Equal(t, "desk", name)
}

func TestFindRoots(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	write(t, filepath.Join(top, "nested", ".git", "HEAD"), "")
	write(t, filepath.Join(top, "nested", "services", "desk", "go.mod"), "module a\n")
	write(t, filepath.Join(top, "same", ".git", "HEAD"), "")
	write(t, filepath.Join(top, "same", "go.mod"), "module a\n")
	write(t, filepath.Join(top, "module", "go.mod"), "module a\n")
	write(t, filepath.Join(top, "module", "inner", ".git", "HEAD"), "")
	tests := []struct{ dir, repo, module string }{
		{"nested/services/desk/prompts/new", "nested", "services/desk"},
		{"nested/other", "nested", "."},
		{"same/prompts", "same", "."},
		{"module/prompts", "module", "."},
		{"module/inner/prompts", "module/inner", "."},
		{"none/prompts", "none/prompts", "."},
	}
	for _, tt := range tests {
		repo, module, err := findRoots(filepath.Join(top, tt.dir))
		require.NoError(t, err, tt.dir)
		assert.Equal(t, filepath.Join(top, tt.repo), repo, tt.dir)
		assert.Equal(t, tt.module, module, tt.dir)
	}
	repo, _, err := findRoots("not-there")
	require.NoError(t, err)
	assert.DirExists(t, repo, "the repository of these tests")
}

func TestCreateAllLeavesNothingWhenItFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "file"), "")
	err := createAll([]starterFile{
		{path: filepath.Join(dir, "new", "a"), content: []byte("a")},
		{path: filepath.Join(dir, "file", "b"), content: []byte("b")},
	})
	var pathErr *os.PathError
	require.True(t, errors.As(err, &pathErr), "%v", err)
	assert.NoFileExists(t, filepath.Join(dir, "new", "a"))
}

func write(t *testing.T, path, content string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
}
