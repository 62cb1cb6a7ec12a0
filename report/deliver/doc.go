// Package deliver sends a message to a chat, a webhook or by mail. A Target is
// read from an address, which is a URL and a secret in one; a Sender sends, once,
// within the time that a context allows.
//
// Two decisions shaped it. What services want is left to a library, shoutrrr, of
// which only those services are linked that the tests here have seen work. And
// because its errors and its HTTP clients cannot be trusted with a secret, every
// request passes the Sender's own transport, which follows no redirects and keeps
// what went wrong in words of its own; of any other error, the parts of the
// address are struck out.
package deliver
