//go:build !unix

package input

import (
	"io"
	"os"
)

const nonblock = 0

func openFIFO(f *os.File, _ string) io.ReadCloser { return f }
