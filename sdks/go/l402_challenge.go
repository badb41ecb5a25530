package humanrail

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// L402Challenge is the payment requested by the API before it creates a task.
type L402Challenge struct {
	// The BOLT11 invoice to pay.
	Invoice string
	// What the invoice asks for, in sats: the most that the task can cost.
	AmountSats int
	// The parts of it for workers and for the instance, in sats.
	PayoutSats, FeeSats int
	// 64 hex digits: the SHA-256 of the preimage that paying gives.
	PaymentHash string
	// When the invoice expires, as sent by the API: RFC 3339.
	ExpiresAt string

	// A function, so that printing a challenge does not reveal it.
	macaroon func() string
}

// Macaroon is half of the token: with the preimage it is whole.
func (c *L402Challenge) Macaroon() string { return c.macaroon() }

// Token is what paying buys, a bearer secret. The preimage is 64 hex digits, as the wallet gave them;
// a [*L402Error] if it is not that of this invoice.
func (c *L402Challenge) Token(preimage string) (string, error) {
	bytes, err := hex.DecodeString(preimage)
	if err != nil || len(bytes) != sha256.Size {
		return "", c.fault("The preimage of a payment is 64 hex digits, and this is none; look at what Pay gives.", nil)
	}
	if digest := sha256.Sum256(bytes); hex.EncodeToString(digest[:]) != c.PaymentHash {
		return "", c.fault("This is not the preimage of the invoice: its SHA-256 is not the invoice's payment hash.", nil)
	}
	return c.macaroon() + ":" + strings.ToLower(preimage), nil
}

func (c *L402Challenge) fault(message string, cause error) error {
	return &L402Error{base: &Error{Message: message, cause: cause}, Challenge: c}
}

var (
	macaroonText = regexp.MustCompile(`^[A-Za-z0-9_+/=-]+$`)
	tokenText    = regexp.MustCompile(`^[A-Za-z0-9_+/=-]+:[0-9a-fA-F]{64}$`)
	hashText     = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)
	amountText   = regexp.MustCompile(`^ln[a-z]+([1-9][0-9]*)([munp]?)$`)
)

// challengeIn is the challenge that a refused create carries; nil if it is another refusal. An
// [*L402Error] if it must not be paid.
func challengeIn(failure error) (*L402Challenge, error) {
	var e *Error
	if !errors.As(failure, &e) || e.Code != "l402_payment_required" {
		return nil, nil
	}
	details, _ := e.Details.(map[string]any)
	text := func(name string) string {
		value, _ := details[name].(string)
		return value
	}
	number := func(name string) (int, bool) {
		value, ok := details[name].(float64)
		return int(value), ok && value == math.Trunc(value) && math.Abs(value) < 1<<53
	}
	macaroon := text("macaroon")
	amount, isWhole := number("amount_sats")
	if text("invoice") == "" || !macaroonText.MatchString(macaroon) || !hashText.MatchString(text("payment_hash")) || !isWhole {
		return nil, &L402Error{base: &Error{Message: "The API asks to be paid, and does not say how: invoice, macaroon, payment_hash or amount_sats is missing. Is a proxy in between?"}}
	}
	challenge := &L402Challenge{
		Invoice:     text("invoice"),
		AmountSats:  amount,
		PaymentHash: strings.ToLower(text("payment_hash")),
		ExpiresAt:   text("expires_at"),
		macaroon:    func() string { return macaroon },
	}
	challenge.PayoutSats, _ = number("payout_sats")
	challenge.FeeSats, _ = number("fee_sats")
	asked, isNamed := invoiceTenths(challenge.Invoice)
	if isNamed && asked == int64(amount)*tenthsOfSat {
		return challenge, nil
	}
	said := "names no amount"
	if isNamed {
		said = fmt.Sprintf("is over %g sats", float64(asked)/tenthsOfSat)
	}
	return nil, challenge.fault(fmt.Sprintf("Not paid: the API says that the task costs %d sats, and its invoice %s.", amount, said), nil)
}

// Amounts of invoices are counted in tenths of a millisat, the least that BOLT11 can say.
const tenthsOfSat = 10_000

var tenthsOf = map[string]int64{"": 1e12, "m": 1e9, "u": 1e6, "n": 1e3, "p": 1}

// invoiceTenths is what a BOLT11 invoice asks for, by its human-readable part (lnbc1050n): what stands
// before the last 1. False if it names no amount, or is no invoice.
func invoiceTenths(invoice string) (int64, bool) {
	end := max(0, strings.LastIndex(invoice, "1"))
	parts := amountText.FindStringSubmatch(strings.ToLower(invoice[:end]))
	if parts == nil {
		return 0, false
	}
	count, err := strconv.ParseInt(parts[1], 10, 64)
	unit := tenthsOf[parts[2]]
	if err != nil || count > math.MaxInt64/unit {
		return 0, false
	}
	return count * unit, true
}
