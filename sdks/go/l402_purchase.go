package humanrail

import "time"

// L402Purchase: A task that is paid for by Lightning, without an API key.
type L402Purchase struct {
	Object string `json:"object"`
	ID     string `json:"id"`

	// What its invoice is over: the most that the task can cost.
	AmountSats int `json:"amount_sats"`

	// What came in; null until it has.
	ReceivedSats *int `json:"received_sats"`

	// Of its invoice, 64 hexadecimal digits.
	PaymentHash string `json:"payment_hash"`

	// Null until the task is created.
	TaskID *string `json:"task_id"`

	// What the task has cost, the fee included; null until it is created.
	ChargedSats *int `json:"charged_sats"`

	Refund    L402Refund `json:"refund"`
	CreatedAt time.Time  `json:"created_at"`

	// When it came in; null until it has.
	PaidAt *time.Time `json:"paid_at"`
}

// L402Refund: What was paid and not charged comes back.
type L402Refund struct {
	Status L402RefundStatus `json:"status"`

	// What comes back, or has; 0 while that is not known.
	AmountSats int `json:"amount_sats"`

	// An LNURL-withdraw, in capital letters, as QR codes want it; null unless `ready`.
	Lnurl *string `json:"lnurl"`
}

// L402RefundStatus: `waiting`: the task has not ended. `none`: nothing was left over. `ready`: any
// Lightning wallet can claim it by `lnurl`. `sending`: it was claimed and is on its way. `paid`:
// it has arrived.
type L402RefundStatus string

// Values of L402RefundStatus.
const (
	L402RefundStatusNone    L402RefundStatus = "none"
	L402RefundStatusWaiting L402RefundStatus = "waiting"
	L402RefundStatusReady   L402RefundStatus = "ready"
	L402RefundStatusSending L402RefundStatus = "sending"
	L402RefundStatusPaid    L402RefundStatus = "paid"
)
