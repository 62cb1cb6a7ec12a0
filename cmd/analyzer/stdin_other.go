//go:build !unix

package main

import (
	"io"
	"os"
)

// interruptible returns standard input as it is.
func interruptible(stdin *os.File) io.ReadCloser { return stdin }
