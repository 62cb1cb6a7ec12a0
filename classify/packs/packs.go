package packs

import "embed"

// FS holds every pack of this folder, for classify.Load. It is read-only.
//
//go:embed *.toml
var FS embed.FS

// Schema is the JSON Schema (2020-12) of a pack, for editors. It is read-only.
//
//go:embed pack.schema.json
var Schema []byte
