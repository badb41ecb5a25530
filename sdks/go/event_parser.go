package humanrail

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"time"
)

// serverSentEvent is one event of a text/event-stream.
type serverSentEvent struct {
	// The last id seen so far; empty if none was seen.
	id   string
	data string
}

// eventParser reads a stream as the WHATWG specification says: any of the three line ends, comments
// left out, several data lines joined. Events' types are not kept: their data tells them.
type eventParser struct {
	reader *bufio.Reader
	id     string
	data   []string
	// The reconnection delay requested by the server.
	retry time.Duration
	// Whether the line before ended with a carriage return, so that a line feed belongs to it.
	afterReturn bool
}

func newEventParser(body io.Reader) *eventParser {
	return &eventParser{reader: bufio.NewReader(body)}
}

// next reads up to the end of an event; io.EOF at the end of the stream.
func (p *eventParser) next() (serverSentEvent, error) {
	for {
		line, err := p.line()
		if err != nil {
			return serverSentEvent{}, err
		}
		if line != "" {
			p.field(line)
			continue
		}
		if len(p.data) > 0 {
			event := serverSentEvent{id: p.id, data: strings.Join(p.data, "\n")}
			p.data = nil
			return event, nil
		}
	}
}

func (p *eventParser) field(line string) {
	name, value, _ := strings.Cut(line, ":")
	value = strings.TrimPrefix(value, " ")
	switch name {
	case "data":
		p.data = append(p.data, value)
	case "id":
		if !strings.Contains(value, "\x00") {
			p.id = value
		}
	case "retry":
		if ms, err := strconv.ParseUint(value, 10, 31); err == nil {
			p.retry = time.Duration(ms) * time.Millisecond
		}
	}
}

// line reads a line without its end. One that is cut off by the end of the stream is dropped, as the
// specification says.
func (p *eventParser) line() (string, error) {
	var line []byte
	for {
		b, err := p.reader.ReadByte()
		if err != nil {
			return "", err
		}
		switch {
		case b == '\n' && p.afterReturn:
			p.afterReturn = false
			continue
		case b == '\n' || b == '\r':
			p.afterReturn = b == '\r'
			return string(line), nil
		}
		p.afterReturn = false
		line = append(line, b)
	}
}
