package humanrail

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// WebhookEventTypeTest is the type of the event that Webhooks.Test sends; its RawData is the endpoint.
const WebhookEventTypeTest WebhookEventType = "webhook.test"

// WebhookEvent is posted to an endpoint. Delivery is at least once: deduplicate by ID.
type WebhookEvent struct {
	// Starts with evt_; the same for every delivery of the event.
	ID        string           `json:"id"`
	Object    string           `json:"object"`
	Type      WebhookEventType `json:"type"`
	Mode      Mode             `json:"mode"`
	CreatedAt time.Time        `json:"created_at"`

	// The task as it was then; empty if the event is about no task. Only task.verified and
	// task.completed have an Output.
	Data Task `json:"data"`

	// The data as it came, such as a LowBalance of balance.low.
	RawData json.RawMessage `json:"-"`
}

// UnmarshalJSON reads an event of any type.
func (e *WebhookEvent) UnmarshalJSON(text []byte) error {
	type fields WebhookEvent
	envelope := struct {
		*fields
		Data json.RawMessage `json:"data"`
	}{fields: (*fields)(e)}
	if err := json.Unmarshal(text, &envelope); err != nil {
		return err
	}
	e.Data, e.RawData = Task{}, envelope.Data
	if !strings.HasPrefix(string(e.Type), "task.") || len(envelope.Data) == 0 {
		return nil
	}
	return json.Unmarshal(envelope.Data, &e.Data)
}

// ParseWebhookEvent verifies a webhook and returns its event; a [*WebhookSignatureError] if the
// signature is invalid.
func ParseWebhookEvent(body []byte, signature, secret string) (*WebhookEvent, error) {
	return WebhookVerifier{Secrets: []string{secret}}.ParseEvent(body, signature)
}

// ParseEvent verifies a webhook and returns its event.
func (v WebhookVerifier) ParseEvent(body []byte, signature string) (*WebhookEvent, error) {
	if err := v.Verify(body, signature); err != nil {
		return nil, err
	}
	event := &WebhookEvent{}
	if err := json.Unmarshal(body, event); err != nil {
		return nil, &Error{Message: fmt.Sprintf("The webhook's body is not an event that this version knows: %s.", err), cause: err}
	}
	return event, nil
}
