package parse

// suppresses matches what journald, rsyslog, the kernel and libraries say when
// they limit a rate and leave lines out: of such a log, every count is a lower
// bound.
var suppresses = lazily(`(?i)` +
	`\bsuppressed \d+ (log )?(messages?|lines?|entries)\b` +
	`|\b\d+ ((similar|identical|log|more) )?(messages?|lines?|entries|callbacks) (were |have been )?suppressed\b` +
	`|\b(dropped|discarded) \d+ log (messages?|lines?|entries|events|records)\b` +
	`|\b\d+ log (messages?|lines?|entries|events|records) (were |have been )?(dropped|discarded)\b` +
	`|\bmessages? .{0,40}due to rate-limiting\b`)

// suppressedWords are those of which suppresses needs one; they are triggers.
var suppressedWords = [...]string{"suppressed", "due to rate-limiting", "log message", "log line", "log entr", "log event", "log record"}

// noteSuppressed notes whether a record without an API error says that others
// were left out.
func (s *Scanner) noteSuppressed(record string) {
	if s.reader.suppressed.in(record) && suppresses().MatchString(record[:min(len(record), maxText)]) {
		s.account.Notes[Sampled]++
	}
}
