package main

import (
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestVersionText(t *testing.T) {
	t.Parallel()
	const revision = "5f1c0e2d7a4188990011aabbccddeeff00112233"
	at := func(version string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{GoVersion: "go1.26.0", Main: debug.Module{Version: version}, Settings: settings}
	}
	tests := []struct {
		name string
		info *debug.BuildInfo
		want string
	}{
		{"release", at("v1.2.3"), "l0gen v1.2.3 (commit unknown, go1.26.0 "},
		{"nothing known", at(""), "l0gen (devel) (commit unknown, go1.26.0 "},
		{
			"between releases", at("v1.2.4-0.20260102030405-5f1c0e2d7a41"),
			"l0gen v1.2.4-0.20260102030405-5f1c0e2d7a41 (commit 5f1c0e2d7a41, go1.26.0 ",
		},
		{
			"before the first", at("v0.0.0-20260102030405-5f1c0e2d7a41+dirty"),
			"l0gen v0.0.0-20260102030405-5f1c0e2d7a41+dirty (commit 5f1c0e2d7a41, go1.26.0 ",
		},
		{
			"checkout", at("(devel)", debug.BuildSetting{Key: "vcs.revision", Value: revision}),
			"l0gen (devel) (commit 5f1c0e2d7a41, go1.26.0 ",
		},
		{
			"changed checkout",
			at("(devel)", debug.BuildSetting{Key: "vcs.revision", Value: revision}, debug.BuildSetting{Key: "vcs.modified", Value: "true"}),
			"l0gen (devel) (commit 5f1c0e2d7a41, modified, go1.26.0 ",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want+runtime.GOOS+"/"+runtime.GOARCH+")", versionText(tt.info))
		})
	}
}
