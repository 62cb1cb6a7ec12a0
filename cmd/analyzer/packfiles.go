package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// packFiles returns the pack files at paths, as classify loads them. by is the
// flag or command that names them.
func packFiles(by string, paths []string) ([]fs.FS, error) {
	var files []fs.FS
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", by, err)
		}
		if !info.Mode().IsRegular() || filepath.Ext(path) != ".toml" {
			return nil, fmt.Errorf("%s %s: want a regular file named .toml", by, path)
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
