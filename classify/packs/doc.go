// Package packs holds what the analyzer knows of API providers, as data: one
// TOML file each, embedded into the program. README.md describes the format.
//
// A provider is added by adding a file; no Go code changes. The generic pack,
// http.toml, comes after all others and gives every HTTP status a meaning.
package packs
