package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"

	"analyzer/classify"
	"analyzer/classify/packs"
	"analyzer/parse"
	"analyzer/parse/redact"
)

// readFlags say by what records are read.
type readFlags struct {
	Pack []string `sep:"none" placeholder:"FILE" help:"Rules of a further provider (TOML). Repeatable." group:"Analysis"`
	Key  []string `sep:"none" placeholder:"NAME=PATH" help:"Where a log of your own keeps something: request-id=ctx.rid, status=outcome.http, service=svc. Counts before all known names. Repeatable." group:"Analysis"`

	PseudonymKey string `placeholder:"FILE" help:"Key file for the pseudonyms of tokens and users, so that they differ from those of other installations." group:"Privacy"`
}

// knowledge is what records are read and diagnosed by.
type knowledge struct {
	rules    *classify.Set
	reader   func() *parse.Reader // compiles it, once
	redactor *redact.Redactor
}

// load loads the packs and keys that the flags name. What the program itself knows
// is compiled when the first record is read.
func (c *readFlags) load() (*knowledge, error) {
	rules, err := loadRules(c.Pack)
	if err != nil {
		return nil, err
	}
	compile := sync.OnceValues(func() (*parse.Reader, error) { return compileReader(rules, c.Key) })
	if len(c.Pack)+len(c.Key) > 0 {
		if _, err := compile(); err != nil {
			return nil, err
		}
	}
	key, err := loadKey(c.PseudonymKey)
	if err != nil {
		return nil, err
	}
	return &knowledge{rules, func() *parse.Reader { return must(compile()) }, redact.New(key)}, nil
}

// must is for what only a mistake of the program's own can make fail.
func must[T any](value T, err error) T {
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return value
}

// compileReader compiles what the rules know of providers, and the keys that
// flags name.
func compileReader(rules *classify.Set, keys []string) (*parse.Reader, error) {
	vocabulary := rules.Vocabulary()
	for _, flag := range keys {
		name, path, found := strings.Cut(flag, "=")
		if !found {
			return nil, fmt.Errorf("--key %s: want NAME=PATH, as in request-id=ctx.rid", flag)
		}
		vocabulary.Keys = append(vocabulary.Keys, parse.Key{Attribute: name, Path: path})
	}
	return parse.Compile(vocabulary)
}

// loadRules loads the embedded packs and those in files.
func loadRules(files []string) (*classify.Set, error) {
	extra, err := packFiles("--pack", files)
	if err != nil {
		return nil, err
	}
	return classify.Load(append([]fs.FS{packs.FS}, extra...)...)
}

// maxKey bounds the key file.
const maxKey = 4 << 10

// loadKey reads the key of the pseudonyms, nil if no file is named.
func loadKey(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("--pseudonym-key: %w", err)
	}
	defer f.Close()
	key, err := io.ReadAll(io.LimitReader(f, maxKey))
	if err != nil {
		return nil, fmt.Errorf("--pseudonym-key: %w", err)
	}
	if len(key) < 16 {
		return nil, fmt.Errorf("--pseudonym-key %s: %d bytes; want at least 16 random ones", path, len(key))
	}
	return key, nil
}
