//go:build !linux && !darwin

package main

import "os"

// windowOf returns the size of the terminal that f is: here none, so that nothing is taken back.
func windowOf(*os.File) window { return window{} }
