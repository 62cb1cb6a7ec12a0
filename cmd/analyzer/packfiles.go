package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// packFiles returns the pack files that flags name, as classify loads them.
func packFiles(paths []string) ([]fs.FS, error) {
	var files []fs.FS
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("--pack: %w", err)
		}
		if !info.Mode().IsRegular() || filepath.Ext(path) != ".toml" {
			return nil, fmt.Errorf("--pack %s: want a regular file named .toml", path)
		}
		files = append(files, packFile{os.DirFS(filepath.Dir(path)), fs.FileInfoToDirEntry(info)})
	}
	return files, nil
}

// packFile is a directory in which only one file is seen.
type packFile struct {
	fs.FS
	entry fs.DirEntry
}

// ReadDir lists the one file.
func (p packFile) ReadDir(string) ([]fs.DirEntry, error) {
	return []fs.DirEntry{p.entry}, nil
}
