package humanrail

import "time"

// L402Purchase: what was paid for a task, what the task cost, and what became of the rest.
type L402Purchase struct {
	ID     string `json:"id"`
	Object string `json:"object"`
	// What the invoice asked for: the most that the task could cost.
	AmountSats int `json:"amount_sats"`
	// What came in.
	ReceivedSats int    `json:"received_sats"`
	PaymentHash  string `json:"payment_hash"`
	// Nil where no task was created for it yet.
	TaskID *string `json:"task_id"`
	// What the task cost; nil until it has ended.
	ChargedSats *int       `json:"charged_sats"`
	Refund      L402Refund `json:"refund"`
	CreatedAt   time.Time  `json:"created_at"`
	PaidAt      *time.Time `json:"paid_at"`
}

// L402Refund: what a task did not cost comes back.
type L402Refund struct {
	// waiting while the task has not ended, none where nothing is left over, ready to be claimed by its
	// LNURL; then sending, and paid.
	Status     string `json:"status"`
	AmountSats int    `json:"amount_sats"`
	// An LNURL-withdraw, which any Lightning wallet can claim: a secret like the token.
	LNURL *string `json:"lnurl"`
}
