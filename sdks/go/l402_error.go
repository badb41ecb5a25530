package humanrail

import (
	"errors"
	"strings"
)

// L402Error: a task was not paid for by L402, or was paid for and not created. With a [L402Error.Token]
// the sats have been paid: Tasks.Create of the same request WithL402Token resumes the create, and
// L402.PurchaseByToken reads a refund. Status, Code and similar fields are those of the response to
// the create, if any; it wraps the failure itself.
type L402Error struct {
	*base
	// What was asked for; nil if the create began with a token.
	Challenge *L402Challenge

	// A function, so that printing the error does not reveal it.
	token func() string
}

// Unwrap returns the details, which wrap the failure.
func (e *L402Error) Unwrap() error { return e.base }

// Token is proof of the payment, a secret to keep; empty if nothing is known to be paid.
func (e *L402Error) Token() string {
	if e.token == nil {
		return ""
	}
	return e.token()
}

const paidAdvice = " The task is paid for: create it WithL402Token of this error's Token, or see L402.PurchaseByToken for a refund."

// failedAfterPayment is the error of a create that failed after its payment.
func failedAfterPayment(failure error, token string, challenge *L402Challenge) error {
	facts := &Error{Message: "The call was ended.", cause: failure}
	var known *Error
	if errors.As(failure, &known) {
		copied := *known
		copied.cause = failure
		facts = &copied
	}
	switch {
	case facts.Code == "l402_payment_required":
		// Without details and cause, which would expose another challenge's macaroon.
		facts.Message = "The API asks to be paid again for what is paid; nothing more was." + paidAdvice
		facts.Details, facts.cause = nil, nil
	case !strings.Contains(facts.Code, "l402"):
		// The API's messages about tokens already say what to do.
		facts.Message += paidAdvice
	}
	return &L402Error{base: facts, Challenge: challenge, token: func() string { return token }}
}
