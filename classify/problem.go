package classify

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"strings"
)

// idVersion names the encoding that problem ids are hashes of. It changes only
// together with what a Problem holds, for ids stand in tickets and ignore lists.
const idVersion = "analyzer problem 1"

// crockford are the digits of Crockford's base 32, which leaves out those that
// are read as others.
const crockford = "0123456789abcdefghjkmnpqrstvwxyz"

// ID returns the name of the problem: "P-" and six characters that follow from
// its parts alone, the same in every run and on every machine.
func (p Problem) ID() string {
	sum := sha256.Sum256([]byte(p.encoding()))
	bits := binary.BigEndian.Uint32(sum[:])
	id := []byte("P-......")
	for i := range 6 {
		id[2+i] = crockford[bits>>(27-5*i)&31]
	}
	return string(id)
}

// encoding writes the version and all parts, each behind its length, so that
// no two problems have the same one.
func (p Problem) encoding() string {
	var b strings.Builder
	for _, part := range [...]string{
		idVersion, p.Category.String(), strconv.Itoa(p.Status), p.Code, p.Method, p.Route, p.Fields, p.Message,
	} {
		b.WriteString(strconv.Itoa(len(part)))
		b.WriteByte(':')
		b.WriteString(part)
	}
	return b.String()
}
