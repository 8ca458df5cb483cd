//go:build linux || darwin

package main

import (
	"os"
	"syscall"
	"unsafe"
)

// windowOf returns the size of the terminal that f is. golang.org/x/term does it for all
// systems; this program adds no dependency for it.
func windowOf(f *os.File) window {
	var size struct{ rows, columns, x, y uint16 }
	_, _, failed := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&size)))
	if failed != 0 || os.Getenv("TERM") == "dumb" {
		return window{}
	}
	return window{columns: int(size.columns), rows: int(size.rows)}
}
