// Package input turns paths and streams into chunks: runs of whole records with
// their places in the decompressed source. It finds and opens files, recognises
// and undoes compression and UTF-16, refuses what is no text, and cuts where the
// caller's Cut says that a record may begin. It knows offsets and lines, never
// formats. It looks at no more of a chunk than its ends: the lines of one are counted
// by whoever looks for something in it, see Chunk.Count.
//
// Which chunks a source gives depends on Options.ChunkSize; which records they
// hold does not, nor does it depend on how many bytes a read returns. What makes
// it so: a chunk begins and ends at a cut, and whether a block (the lines from one
// cut to the next) is too long to hold is decided by that block's bytes alone.
//
// A Continuation reads on where an earlier reading stopped, over files that grow,
// rotate and are compressed in between. Which file is which is told by what they
// hold: device and inode, a print of the first bytes and one of those before the
// place where reading stopped. So nothing is read twice, and what may be lost is
// said.
//
// Memory is flat for every input. A chunk's bytes lie in a pooled buffer that
// neighbouring chunks share; oversize lines and holes of NUL bytes are skipped
// without being held; a decompressor runs at most a few blocks ahead. Of a file that
// is viewed rather than read, see Options.View and Skim, a few megabytes are mapped at
// a time.
package input
