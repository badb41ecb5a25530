package humanrail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// call is one request to the API, before its retries.
type call struct {
	method string
	// Below the base URL, with a slash in front.
	path  string
	query url.Values
	// Sent as JSON; nothing if nil.
	body   any
	header http.Header
	// Added to the timeout of each attempt.
	patience time.Duration
	options  []Option
}

// transport sends calls, retries transient failures, and converts failures to typed errors.
type transport struct {
	defaults settings
	options  []Option
	tokens   *l402Tokens
}

func (t *transport) settings(options []Option) (settings, error) {
	s := t.defaults
	for _, list := range [][]Option{t.options, options} {
		for _, apply := range list {
			if apply != nil {
				apply(&s)
			}
		}
	}
	return s.resolve()
}

// do makes a call and reads the answer's JSON into result, unless that is nil or the answer has no body.
func (t *transport) do(ctx context.Context, c call, result any) error {
	s, err := t.settings(c.options)
	if err != nil {
		return err
	}
	request, err := t.prepare(c, s)
	if err != nil {
		return err
	}
	return request.withRetries(ctx, result)
}

// withRetries makes the call and retries transient failures.
func (p *prepared) withRetries(ctx context.Context, result any) error {
	return withRetries(ctx, p.settings, func() error {
		return p.once(ctx, func(response *http.Response) error {
			return readJSON(response, p.call, result)
		})
	})
}

func withRetries(ctx context.Context, s settings, try func() error) error {
	for retry := 0; ; retry++ {
		err := try()
		if err == nil || retry >= s.maxRetries || !mayRetry(err) {
			return err
		}
		delay := retryDelay(retry, retryAfterOf(err), s.clock.random())
		if err := s.clock.sleep(ctx, delay); err != nil {
			return err
		}
	}
}

// prepared is a call whose body, headers and idempotency key are fixed: a retry with a new key could
// do the same thing twice.
type prepared struct {
	call
	settings settings
	url      string
	payload  []byte
}

func (t *transport) prepare(c call, s settings) (*prepared, error) {
	authorization, err := t.authorization(c, s)
	if err != nil {
		return nil, err
	}
	p := &prepared{call: c, settings: s, url: s.baseURL + c.path}
	if query := c.query.Encode(); query != "" {
		p.url += "?" + query
	}
	p.header = http.Header{}
	p.header.Set("Accept", "application/json")
	p.authorize(authorization)
	p.header.Set("User-Agent", "humanrail-go/"+Version)
	for name, values := range c.header {
		p.header[name] = values
	}
	if c.body != nil {
		payload, err := marshal(c.body)
		if err != nil {
			return nil, err
		}
		p.payload = payload
		p.header.Set("Content-Type", "application/json")
	}
	if c.method == http.MethodPost {
		key, err := headerKey(s)
		if err != nil {
			return nil, err
		}
		p.header.Set("Idempotency-Key", key)
	}
	return p, nil
}

// authorize sets the call's authorization; none if the text is empty.
func (p *prepared) authorize(authorization string) {
	if authorization == "" {
		return
	}
	// A copy, because the HTTP client may still be reading the headers of a failed attempt.
	p.header = p.header.Clone()
	p.header.Set("Authorization", authorization)
}

// once makes one attempt. `read` reads the answer within the same timeout.
func (p *prepared) once(ctx context.Context, read func(*http.Response) error) error {
	timeout := p.settings.timeout + p.patience
	bounded, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	response, err := p.send(bounded)
	if err == nil {
		defer response.Body.Close()
		err = p.check(response)
	}
	if err == nil {
		err = read(response)
	}
	return p.failure(ctx, bounded, timeout, err)
}

func (p *prepared) send(ctx context.Context) (*http.Response, error) {
	var body io.Reader
	if p.payload != nil {
		body = bytes.NewReader(p.payload)
	}
	request, err := http.NewRequestWithContext(ctx, p.method, p.url, body)
	if err != nil {
		return nil, err
	}
	request.Header = p.header
	return p.settings.httpClient.Do(request)
}

// open makes one attempt, and returns the response with its body unread. The timeout ends with the headers.
func (t *transport) open(ctx context.Context, c call) (*http.Response, error) {
	s, err := t.settings(c.options)
	if err != nil {
		return nil, err
	}
	p, err := t.prepare(c, s)
	if err != nil {
		return nil, err
	}
	bounded, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(s.timeout, func() { cancel(context.DeadlineExceeded) })
	response, err := p.send(bounded)
	timer.Stop()
	if err == nil {
		if err = p.check(response); err == nil {
			response.Body = &cancelled{response.Body, func() { cancel(nil) }}
			return response, nil
		}
		response.Body.Close()
	}
	err = p.failure(ctx, bounded, s.timeout, err)
	cancel(nil)
	return nil, err
}

// cancelled is a body whose request ends with it.
type cancelled struct {
	io.ReadCloser
	cancel func()
}

func (c *cancelled) Close() error {
	defer c.cancel()
	return c.ReadCloser.Close()
}

// failure converts a network error to a typed error; typed errors stay unchanged.
func (p *prepared) failure(ctx, bounded context.Context, timeout time.Duration, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return contextError(ctx)
	}
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	what := p.method + " " + p.settings.baseURL + p.path
	var ours *url.Error
	if errors.As(err, &ours) {
		err = ours.Err
	}
	if bounded.Err() != nil || isTimeout(err) {
		return &TimeoutError{&Error{Message: fmt.Sprintf("No answer to %s within %s.", what, timeout), cause: err}}
	}
	return &ConnectionError{&Error{Message: fmt.Sprintf("No answer to %s: %s.", what, withoutPassword(err.Error())), cause: err}}
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

var headerText = regexp.MustCompile(`^[\x20-\x7e]+$`)

func headerKey(s settings) (string, error) {
	var key string
	switch {
	case s.idempotencyKey != nil:
		key = *s.idempotencyKey
	case s.idempotencyNamespace != "":
		key = s.idempotencyNamespace + ":" + randomKey()
	default:
		key = randomKey()
	}
	if !headerText.MatchString(key) {
		return "", &Error{Message: "An idempotency key is sent in a header, so it may hold printable ASCII only; IdempotencyKey makes one of any text in its parts."}
	}
	return key, nil
}

// segment is one path segment, escaped so that an id cannot address another URL.
func segment(id string) (string, error) {
	if id == "" || id == "." || id == ".." {
		return "", &Error{Message: fmt.Sprintf("An id is needed here, not %q.", id)}
	}
	// PathEscape leaves alone some marks that need no escaping in a path.
	return strings.ReplaceAll(url.PathEscape(id), "+", "%2B"), nil
}
