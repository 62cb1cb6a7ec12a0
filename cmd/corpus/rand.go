package main

import "math/bits"

// rng is the splitmix64 generator of Steele, Lea and Flood (OOPSLA 2014). It
// is written out because the streams of a library may change with its release.
type rng uint64

// fork returns a generator whose stream is independent of r's and of that of
// every other n.
func (r rng) fork(n int) rng {
	return rng(mix(uint64(r) ^ mix(uint64(n)+1)))
}

// next returns the next 64 bits.
func (r *rng) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	return mix(uint64(*r))
}

// below returns a number from 0 up to, without, n.
func (r *rng) below(n int) int {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// between returns a number from low to high, both included.
func (r *rng) between(low, high int) int {
	return low + r.below(high-low+1)
}

// percent is true in n of 100 cases.
func (r *rng) percent(n int) bool {
	return r.below(100) < n
}

// pick returns one element of from.
func pick[T any](r *rng, from []T) T {
	return from[r.below(len(from))]
}

// mix spreads n over all 64 bits. Different n give different results.
func mix(n uint64) uint64 {
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

const hexDigits = "0123456789abcdef"

// appendHex appends the last digits hexadecimal digits of n, at most 16.
func appendHex(b []byte, n uint64, digits int) []byte {
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		b = append(b, hexDigits[n>>shift&15])
	}
	return b
}

// appendUUID appends a random UUID (RFC 9562, version 4) made of hi and lo.
func appendUUID(b []byte, hi, lo uint64) []byte {
	b = append(appendHex(b, hi>>32, 8), '-')
	b = append(appendHex(b, hi>>16, 4), '-')
	b = append(appendHex(b, hi&0xfff|0x4000, 4), '-')
	b = append(appendHex(b, lo>>48&0x3fff|0x8000, 4), '-')
	return appendHex(b, lo, 12)
}
