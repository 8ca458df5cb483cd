package plan

import "strings"

// extension ends the names of all files that l0gen writes.
const extension = ".l0.go"

// The files that a package always or often has. No prompt's file has one of
// these names.
const (
	clientFile = "client" + extension
	typesFile  = "types" + extension
)

// promptFile returns the file name of a prompt. Go cuts a file name at its
// first dot and leaves the file out of a build when the last word is a system,
// an architecture or "test"; Windows cannot store some names at all. Such
// prompts get another last word.
func promptFile(prompt string) string {
	words := splitWords(prompt)
	for i, word := range words {
		words[i] = strings.ToLower(word)
	}
	name := strings.Join(words, "_")
	switch {
	case name == "client", name == "types", isDeviceName(name):
		name += "_prompt"
	case len(words) > 0 && (isGOOS(words[len(words)-1]) || isGOARCH(words[len(words)-1]) || words[len(words)-1] == "test"):
		name += "_prompt"
	}
	return name + extension
}

// isGOOS reports whether Go takes a word at the end of a file name for a system.
func isGOOS(word string) bool {
	switch word {
	case "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos",
		"ios", "js", "linux", "nacl", "netbsd", "openbsd", "plan9", "solaris",
		"wasip1", "windows", "zos":
		return true
	}
	return false
}

// isGOARCH reports whether Go takes a word at the end of a file name for an
// architecture.
func isGOARCH(word string) bool {
	switch word {
	case "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be",
		"loong64", "mips", "mipsle", "mips64", "mips64le", "mips64p32",
		"mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390",
		"s390x", "sparc", "sparc64", "wasm":
		return true
	}
	return false
}

// isDeviceName reports whether Windows keeps a file name, whatever follows its
// first dot, for a device. Go refuses modules that hold such files.
func isDeviceName(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	device := strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")
	return device && len(name) == 4 && name[3] >= '0' && name[3] <= '9'
}
