package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

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

// load loads the packs and keys that the flags name.
func (c *readFlags) load() (*classify.Set, *parse.Reader, *redact.Redactor, error) {
	rules, err := loadRules(c.Pack)
	if err != nil {
		return nil, nil, nil, err
	}
	reader, err := compileReader(rules, c.Key)
	if err != nil {
		return nil, nil, nil, err
	}
	key, err := loadKey(c.PseudonymKey)
	if err != nil {
		return nil, nil, nil, err
	}
	return rules, reader, redact.New(key), nil
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
