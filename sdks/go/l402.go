package humanrail

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"sync"
)

// L402 configures how a client without an API key pays for its tasks.
type L402 struct {
	// What one task may cost at most, in sats. A larger challenge is rejected, not paid.
	MaxSats int
	// Pays the challenge's Invoice and returns the preimage, 64 hex digits, that the payment revealed.
	// If nil, the client only uses tokens, and a create without one fails with its challenge.
	Pay func(ctx context.Context, challenge *L402Challenge) (preimage string, err error)
}

// WithL402 pays for each task over Lightning, in place of an API key:
//
//	client := humanrail.NewClient("", humanrail.WithL402(humanrail.L402{MaxSats: 2000, Pay: pay}))
func WithL402(l402 L402) Option {
	return func(s *settings) { s.l402 = &l402 }
}

// WithL402Token creates a task by a payment made before, for the same request; nothing is paid again. It
// is for Tasks.Create and, by WithCallOptions, for Ask.
func WithL402Token(token string) Option {
	return func(s *settings) { s.l402Token = func() string { return token } }
}

// checkPayment validates the credentials: a key, or payments.
func (s *settings) checkPayment() error {
	if s.l402 == nil {
		if s.l402Token != nil {
			return configurationFault("WithL402Token is for a client made with WithL402; this one pays by its API key.")
		}
		_, err := s.apiKey()
		return err
	}
	if s.isKeyGiven {
		return configurationFault("Give NewClient a key or WithL402, not both: a task is paid for in one way.")
	}
	if s.l402.MaxSats < 0 || (s.l402.MaxSats == 0 && s.l402.Pay != nil) {
		return configurationFault(fmt.Sprintf("MaxSats is what one task may cost at most, a number of sats from 1, not %d.", s.l402.MaxSats))
	}
	return nil
}

// L402Service manages the tokens of a client that pays by L402, and reads what they paid for.
type L402Service struct{ transport *transport }

// TokenFor is the token of a task that this client created or was given, a secret; empty if there
// is none.
func (s *L402Service) TokenFor(taskID string) string {
	token, _ := s.transport.tokens.of(taskID)
	return token
}

// UseToken lets this client read and cancel a task that was paid for elsewhere, such as before a restart.
func (s *L402Service) UseToken(taskID, token string) error {
	if err := checkToken(token); err != nil {
		return err
	}
	s.transport.tokens.keep(taskID, token)
	return nil
}

// Purchase reads the payment for a task, and its refund.
func (s *L402Service) Purchase(ctx context.Context, taskID string, options ...Option) (*L402Purchase, error) {
	token, err := s.transport.tokens.of(taskID)
	if err != nil {
		return nil, err
	}
	return s.PurchaseByToken(ctx, token, options...)
}

// PurchaseByToken reads the same by token, for a payment without a task.
func (s *L402Service) PurchaseByToken(ctx context.Context, token string, options ...Option) (*L402Purchase, error) {
	if err := checkToken(token); err != nil {
		return nil, err
	}
	header := http.Header{"Authorization": {authorizationBy(token)}}
	purchase := &L402Purchase{}
	return orNil(purchase, s.transport.do(ctx, call{method: http.MethodGet, path: "/l402", header: header, options: options}, purchase))
}

// l402Tokens are the tokens of a client, by the ID of the task.
type l402Tokens struct {
	mutex  sync.Mutex
	byTask map[string]string
}

func newL402Tokens() *l402Tokens { return &l402Tokens{byTask: map[string]string{}} }

func (t *l402Tokens) keep(taskID, token string) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.byTask[taskID] = token
}

func (t *l402Tokens) of(taskID string) (string, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if token, found := t.byTask[taskID]; found {
		return token, nil
	}
	return "", &Error{Message: fmt.Sprintf("There is no token for task %s: give it back to this client by L402.UseToken.", taskID)}
}

// A task's own calls, which its token opens: the task itself, its events, and its end.
var taskCallPath = regexp.MustCompile(`^/tasks/([^/]+)(?:/(?:events|cancel))?$`)

// authorization is a call's authorization; empty for a create that must be paid first.
func (t *transport) authorization(c call, s settings) (string, error) {
	if given := c.header.Get("Authorization"); given != "" {
		return given, nil
	}
	if s.l402 == nil {
		key, err := s.apiKey()
		return "Bearer " + key, err
	}
	if c.method == http.MethodPost && c.path == "/tasks" {
		return "", nil
	}
	parts := taskCallPath.FindStringSubmatch(c.path)
	if parts == nil {
		return "", &Error{Message: fmt.Sprintf("%s %s needs an API key: a client that pays by L402 creates, reads and cancels single tasks.", c.method, c.path)}
	}
	id, err := url.PathUnescape(parts[1])
	if err != nil {
		return "", err
	}
	token, err := t.tokens.of(id)
	return authorizationBy(token), err
}

// create makes a task; with L402, by the token that is given, or else by one that is paid for now, once.
func (t *transport) create(ctx context.Context, c call) (*Task, error) {
	s, err := t.settings(c.options)
	if err != nil {
		return nil, err
	}
	request, err := t.prepare(c, s)
	if err != nil {
		return nil, err
	}
	task := &Task{}
	if s.l402 == nil {
		return orNil(task, request.withRetries(ctx, task))
	}
	var token string
	var challenge *L402Challenge
	if s.l402Token != nil {
		token = s.l402Token()
		if err := checkToken(token); err != nil {
			return nil, err
		}
	} else {
		refusal := request.withRetries(ctx, task)
		if challenge, err = challengeIn(refusal); err != nil {
			return nil, err
		}
		if challenge == nil {
			return orNil(task, refusal)
		}
		if token, err = s.l402.pay(ctx, challenge); err != nil {
			return nil, err
		}
	}
	request.authorize(authorizationBy(token))
	if err := request.withRetries(ctx, task); err != nil {
		return nil, failedAfterPayment(err, token, challenge)
	}
	t.tokens.keep(task.ID, token)
	return task, nil
}

// pay pays, once, and returns the token.
func (l *L402) pay(ctx context.Context, challenge *L402Challenge) (string, error) {
	if l.Pay == nil {
		return "", challenge.fault(fmt.Sprintf("The task costs %d sats, and this client has no way to pay: give WithL402 a Pay and MaxSats, or pay the error's Challenge yourself and create with WithL402Token of its Token.", challenge.AmountSats), nil)
	}
	if challenge.AmountSats > l.MaxSats {
		return "", challenge.fault(fmt.Sprintf("Not paid: the task costs %d sats, which is over MaxSats, %d.", challenge.AmountSats, l.MaxSats), nil)
	}
	if ctx.Err() != nil {
		return "", contextError(ctx)
	}
	preimage, err := l.Pay(ctx, challenge)
	if err != nil {
		return "", challenge.fault("Pay failed, so the task was not created. If the wallet has paid all the same, create with WithL402Token of the error's Challenge.Token(preimage).", err)
	}
	return challenge.Token(preimage)
}

func authorizationBy(token string) string { return "L402 " + token }

func checkToken(token string) error {
	if tokenText.MatchString(token) {
		return nil
	}
	return &Error{Message: "This is no L402 token: it is the macaroon, a colon, and the 64 hex digits of the preimage."}
}
