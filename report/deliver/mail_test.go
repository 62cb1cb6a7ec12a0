package deliver

import (
	"net"
	"net/http"
	"net/textproto"
	"strings"
	"testing"
)

// mailServer takes one mail and returns its address and what it will hold. What
// it answers to a command can be changed.
func mailServer(t *testing.T, answers map[string]string) (address string, mail chan string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	mail = make(chan string, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		serveMail(textproto.NewConn(conn), answers, mail)
	}()
	return listener.Addr().String(), mail
}

func serveMail(c *textproto.Conn, answers map[string]string, mail chan string) {
	c.PrintfLine("220 mail.example")
	for {
		line, err := c.ReadLine()
		if err != nil {
			return
		}
		verb, _, _ := strings.Cut(line, " ")
		answer := answers[verb]
		switch {
		case answer != "":
		case verb == "EHLO":
			answer = "250-mail.example\r\n250 AUTH PLAIN"
		case verb == "QUIT":
			answer = "221 bye"
		case verb == "AUTH":
			answer = "235 ok"
		case verb == "DATA":
			c.PrintfLine("354 go on")
			data, _ := c.ReadDotBytes()
			mail <- string(data)
			answer = "250 ok"
		default:
			answer = "250 ok"
		}
		c.PrintfLine("%s", answer)
	}
}

func mailTo(address, more string) string {
	return "smtp://user:s3cr3t@" + address + "/?from=analyzer@example.com&to=ops@example.com" + more
}

func keepTransport(t *testing.T) {
	original := http.DefaultTransport
	t.Cleanup(func() { http.DefaultTransport = original })
}

func TestSendMail(t *testing.T) {
	keepTransport(t)
	const hostile = "7 API errors\n.\nsaid <b onclick=x>&"
	for more, want := range map[string][]string{
		"":             {"Subject: " + title + "\n", "To: ops@example.com\n", "text/plain; charset=\"UTF-8\"", "\n\n7 API errors\n.\nsaid <b onclick=x>&"},
		"&usehtml=yes": {"Subject: " + title + "\n", "multipart/alternative", "\n\n7 API errors\n.\nsaid <b onclick=x>&", "<pre>7 API errors\n.\nsaid &lt;b onclick=x&gt;&amp;</pre>"},
	} {
		address, mail := mailServer(t, nil)
		if err := NewSender(new(http.Transport)).Send(t.Context(), parse(t, mailTo(address, more)), title, hostile); err != nil {
			t.Fatal(err)
		}
		got := <-mail
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("%s: no %q in\n%s", more, part, got)
			}
		}
	}
}

func TestSendMailFails(t *testing.T) {
	keepTransport(t)
	for verb, answer := range map[string]string{
		"AUTH": "535 5.7.8 s3cr3t is not the password",
		"RCPT": "550 no such user",
		"DATA": "554 no",
	} {
		address, _ := mailServer(t, map[string]string{verb: answer})
		err := NewSender(new(http.Transport)).Send(t.Context(), parse(t, mailTo(address, "")), title, text)
		code, _, _ := strings.Cut(answer, " ")
		if err == nil || !strings.Contains(err.Error(), code) || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("%s: error %v, want %s and no secret", verb, err, code)
		}
	}
}
