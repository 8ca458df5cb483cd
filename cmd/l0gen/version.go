package main

import (
	"fmt"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

const versionLong = `Version prints the version of l0gen, the commit it was built from, and the Go
version it was built with.`

func newVersion(s streams) *cobra.Command {
	return &cobra.Command{
		Use:                   "version",
		Short:                 "Print the version of l0gen",
		Long:                  versionLong,
		Example:               "  l0gen version",
		Args:                  noArgs,
		DisableFlagsInUseLine: true,
		Run: func(*cobra.Command, []string) {
			info, ok := debug.ReadBuildInfo()
			if !ok {
				info = &debug.BuildInfo{GoVersion: runtime.Version()}
			}
			s.out.printf("%s\n", versionText(info))
		},
	}
}

// versionText returns, for example,
// "l0gen v0.3.0 (commit 5f1c0e2d7a41, go1.26.0 linux/amd64)".
func versionText(info *debug.BuildInfo) string {
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	return fmt.Sprintf("l0gen %s (%s, %s %s/%s)",
		version, commit(info), info.GoVersion, runtime.GOOS, runtime.GOARCH)
}

// commit names the commit that l0gen was built from: as the build recorded it
// in a checkout, else as the version of a module between releases ends with it.
func commit(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	revision := settings["vcs.revision"]
	if revision == "" {
		version, _, _ := strings.Cut(info.Main.Version, "+")
		if m := regexp.MustCompile(`[.-]\d{14}-([0-9a-f]{12})$`).FindStringSubmatch(version); m != nil {
			revision = m[1]
		}
	}
	switch {
	case revision == "":
		return "commit unknown"
	case settings["vcs.modified"] == "true":
		return "commit " + shorten(revision) + ", modified"
	default:
		return "commit " + shorten(revision)
	}
}

func shorten(revision string) string {
	const enough = 12
	return revision[:min(enough, len(revision))]
}
