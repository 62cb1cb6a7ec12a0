//go:build purego || !amd64

package sift

func methods() []*method { return nil }
