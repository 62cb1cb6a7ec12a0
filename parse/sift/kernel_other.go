//go:build purego || !amd64

package sift

const available = false

func listBlocks(stops, ends *uint32, text *byte, at uint32, blocks int, tables *tables) (stopped, ended int) {
	return 0, 0
}
