package humanrail

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

type signatureCase struct {
	Name             string
	Valid            bool
	Payload          string
	PayloadBytes     []byte          `json:"payload_base64"`
	Signature        json.RawMessage `json:"signature"`
	Headers          map[string]string
	Secret           json.RawMessage `json:"secret"`
	Now              int64
	ToleranceSeconds int64 `json:"tolerance_seconds"`
}

// texts reads a text, a list of them, or null.
func texts(t *testing.T, value json.RawMessage) []string {
	t.Helper()
	var list []string
	if len(value) == 0 || json.Unmarshal(value, &list) == nil {
		return list
	}
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		t.Fatal(err)
	}
	return []string{text}
}

func (c signatureCase) body() []byte {
	if c.PayloadBytes != nil {
		return c.PayloadBytes
	}
	return []byte(c.Payload)
}

func (c signatureCase) verifier(t *testing.T) WebhookVerifier {
	return WebhookVerifier{
		Secrets:   texts(t, c.Secret),
		Tolerance: time.Duration(c.ToleranceSeconds) * time.Second,
		Now:       func() time.Time { return time.Unix(c.Now, 0) },
	}
}

func checkVerdict(t *testing.T, valid bool, err error) {
	t.Helper()
	if (err == nil) != valid {
		t.Errorf("verifies: %v, not %v", err, valid)
	}
	if err != nil && className(err) != "WebhookSignatureError" {
		t.Errorf("%T", err)
	}
}

func TestWebhookSignatures(t *testing.T) {
	for _, one := range conformanceCases[struct{ Cases []signatureCase }](t, "webhook-signatures").Cases {
		t.Run(one.Name, func(t *testing.T) {
			// As HTTP joins headers of one name.
			signature := strings.Join(texts(t, one.Signature), ",")
			checkVerdict(t, one.Valid, one.verifier(t).Verify(one.body(), signature))
		})
	}
}

func TestStandardWebhooks(t *testing.T) {
	for _, one := range conformanceCases[struct{ Cases []signatureCase }](t, "standard-webhooks").Cases {
		t.Run(one.Name, func(t *testing.T) {
			header := http.Header{}
			for name, value := range one.Headers {
				header.Add(name, value)
			}
			checkVerdict(t, one.Valid, one.verifier(t).VerifyStandard(one.body(), header))
		})
	}
}

func TestIdempotencyKeys(t *testing.T) {
	type keyCase struct {
		Namespace string
		Parts     []string
		Key       string
	}
	for _, one := range conformanceCases[struct{ Cases []keyCase }](t, "idempotency-keys").Cases {
		t.Run(one.Key, func(t *testing.T) {
			if got := IdempotencyKey(one.Namespace, one.Parts...); got != one.Key {
				t.Errorf("%s", got)
			}
		})
	}
}
