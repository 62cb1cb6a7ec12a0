package packs

import "embed"

// FS holds every pack of this folder, for classify.Load. It is read-only.
//
//go:embed *.toml
var FS embed.FS
