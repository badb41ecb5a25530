package humanrail

import (
	"context"
	"errors"
	"time"
)

// Error is what every failure of this package is, or wraps: get it with [errors.As]. Without a
// response, the fields are empty.
type Error struct {
	// A sentence that says what to do.
	Message string
	// HTTP status; 0 if there was no response.
	Status int
	// The API's error type, such as validation_error.
	Type string
	// The API's error code, such as missing_field: compare this in programs.
	Code string
	// The invalid field, as spelled by the API, such as payout_sats.
	Param string
	// Details as sent by the API, such as a list of all invalid fields.
	Details any
	// The error's documentation.
	DocURL string
	// Include it in support requests: it identifies the request in the logs.
	RequestID string
	// How long the API asked to wait; nil if it did not.
	RetryAfter *time.Duration

	cause error
}

// Error is the message.
func (e *Error) Error() string { return "humanrail: " + e.Message }

// Unwrap returns the cause, such as a network error.
func (e *Error) Unwrap() error { return e.cause }

// An alias, since a field called Error would hide the method.
type base = Error

// ConfigurationError: the client's settings are invalid. Nothing was sent.
type ConfigurationError struct{ *base }

// ValidationError (400, 405, 413, 415, 421, 422, 431): the request is invalid; Param and Details
// say where.
type ValidationError struct{ *base }

// AuthenticationError (401): the key is missing, mistyped, revoked or expired.
type AuthenticationError struct{ *base }

// InsufficientFundsError (402): the balance does not cover what the task may cost.
type InsufficientFundsError struct {
	*base
	// What the organization can spend, and what the request would hold.
	AvailableSats, RequiredSats int
}

// AuthorizationError (403): the key lacks a required scope, or has reached its spend cap.
type AuthorizationError struct{ *base }

// NotFoundError (404): it does not exist, or belongs to another organization or mode.
type NotFoundError struct{ *base }

// ConflictError (409): its current state does not allow it, or the idempotency key was used for
// something else.
type ConflictError struct{ *base }

// RateLimitError (429): too many requests; RetryAfter says how long to wait.
type RateLimitError struct{ *base }

// InternalError (5xx): the API failed. Retries are exhausted.
type InternalError struct{ *base }

// ConnectionError: no response: no route, refused, reset, or cut off.
type ConnectionError struct{ *base }

// TimeoutError: no response in time, or the task did not end within the timeout of
// WaitForCompletion. It is a [*ConnectionError] too.
type TimeoutError struct{ *base }

// WebhookSignatureError: the body was not signed with this secret, or too long ago.
type WebhookSignatureError struct{ *base }

func (e *ConfigurationError) Unwrap() error     { return e.base }
func (e *ValidationError) Unwrap() error        { return e.base }
func (e *AuthenticationError) Unwrap() error    { return e.base }
func (e *InsufficientFundsError) Unwrap() error { return e.base }
func (e *AuthorizationError) Unwrap() error     { return e.base }
func (e *NotFoundError) Unwrap() error          { return e.base }
func (e *ConflictError) Unwrap() error          { return e.base }
func (e *RateLimitError) Unwrap() error         { return e.base }
func (e *InternalError) Unwrap() error          { return e.base }
func (e *ConnectionError) Unwrap() error        { return e.base }
func (e *TimeoutError) Unwrap() error           { return &ConnectionError{e.base} }
func (e *WebhookSignatureError) Unwrap() error  { return e.base }

// Timeout is true, as of other errors of time.
func (e *TimeoutError) Timeout() bool { return true }

func configurationFault(message string) error {
	return &ConfigurationError{&Error{Message: message}}
}

// typedError gives an error the type of its status.
func typedError(e *Error) error {
	switch e.Status {
	case 400, 405, 413, 415, 421, 422, 431:
		return &ValidationError{e}
	case 401:
		return &AuthenticationError{e}
	case 402:
		return insufficientFunds(e)
	case 403:
		return &AuthorizationError{e}
	case 404:
		return &NotFoundError{e}
	case 408:
		return &TimeoutError{e}
	case 409:
		return &ConflictError{e}
	case 429:
		return &RateLimitError{e}
	}
	if e.Status >= 500 {
		return &InternalError{e}
	}
	return e
}

func insufficientFunds(e *Error) error {
	details, _ := e.Details.(map[string]any)
	available, _ := details["available_sats"].(float64)
	required, _ := details["required_sats"].(float64)
	return &InsufficientFundsError{e, int(available), int(required)}
}

// contextError is why the caller's context ended; errors.Is finds context.Canceled or
// context.DeadlineExceeded in it, and the caller's own cause.
func contextError(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, ctx.Err()) {
		return cause
	}
	return errors.Join(ctx.Err(), cause)
}
