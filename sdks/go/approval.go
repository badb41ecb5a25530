package humanrail

import (
	"context"
	"encoding/json"
	"fmt"
)

var approvalSchema = json.RawMessage(`{"type":"object","required":["approved"],"properties":{"approved":{"type":"boolean","title":"Approve"},"reason":{"type":"string","title":"Reason"}},"additionalProperties":false}`)

// RequireApproval wraps an agent's tool so that each call waits for a person to allow it. A denied
// call is not made, and returns an [*ApprovalDeniedError].
//
//	refund := humanrail.RequireApproval(client, "issue_refund", issueRefund)
//	result, err := refund(ctx, Refund{OrderID: "o-1", Amount: 12.5})
//
// Each call requires a new approval, which is never reused, unless WithKey sets a key.
func RequireApproval[In, Out any](client *Client, tool string, call func(context.Context, In) (Out, error), options ...AskOption) func(context.Context, In) (Out, error) {
	return func(ctx context.Context, arguments In) (Out, error) {
		if err := askApproval(ctx, client, tool, arguments, options); err != nil {
			var none Out
			return none, err
		}
		return call(ctx, arguments)
	}
}

func askApproval(ctx context.Context, client *Client, tool string, arguments any, options []AskOption) error {
	if tool == "" {
		return &Error{Message: "RequireApproval needs the name of the tool, which the person is asked about."}
	}
	q := newQuestion(options)
	if q.payload != nil || q.isSchemaGiven {
		return &Error{Message: "RequireApproval makes payload and schema itself; leave out WithPayload and WithSchema."}
	}
	q.payload = struct {
		Tool      string `json:"tool"`
		Arguments any    `json:"arguments"`
	}{tool, arguments}
	if q.request.IdempotencyKey == "" {
		q.request.IdempotencyKey = randomKey()
	}
	task, err := client.ask(ctx, fmt.Sprintf("Allow the call of %s?", tool), q, approvalSchema)
	if err != nil {
		return err
	}
	var decision struct {
		Approved bool   `json:"approved"`
		Reason   string `json:"reason"`
	}
	if err := decodeAnswer(task.Output, &decision, task); err != nil {
		return err
	}
	if decision.Approved {
		return nil
	}
	message := fmt.Sprintf("The call of %s was not allowed", tool)
	if decision.Reason != "" {
		message += ": " + decision.Reason
	}
	return &ApprovalDeniedError{&Error{Message: message + "."}, tool, decision.Reason, task}
}
