package humanrail

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

const eventBody = `{"id":"evt_1","object":"event","type":"task.verified","mode":"test","created_at":"2026-01-01T00:00:00.000Z","data":{"payout_sats":5,"status":"verified","output":{"the_verdict":1}}}`

// signedAt is the X-HumanRail-Signature header of a body.
func signedAt(moment time.Time, secret, body string) string {
	timestamp := fmt.Sprint(moment.Unix())
	return "t=" + timestamp + ",v1=" + hex.EncodeToString(sign([]byte(secret), timestamp+".", []byte(body)))
}

func TestParseWebhookEvent(t *testing.T) {
	event, err := ParseWebhookEvent([]byte(eventBody), signedAt(time.Now(), "s", eventBody), "s")
	if err != nil {
		t.Fatal(err)
	}
	if event.Type != WebhookEventTypeTaskVerified || event.Data.PayoutSats != 5 || event.CreatedAt.Year() != 2026 {
		t.Errorf("%+v", event)
	}
	if got := fmt.Sprint(event.Data.Output); got != "map[the_verdict:1]" {
		t.Error(got)
	}
	if !strings.Contains(string(event.RawData), "the_verdict") {
		t.Errorf("%s", event.RawData)
	}
}

func TestParseWebhookEventRefuses(t *testing.T) {
	now := time.Now()
	for name, one := range map[string]struct{ signature, secret, says string }{
		"no signature":       {"", "s", "missing or malformed"},
		"another secret":     {signedAt(now, "s", eventBody), "other", "not signed with this secret"},
		"no secret":          {signedAt(now, "", eventBody), "", "no secret"},
		"another day's":      {signedAt(now.Add(-24*time.Hour), "s", eventBody), "s", "check the clock"},
		"a clock that skews": {signedAt(now.Add(10*time.Minute), "s", eventBody), "s", "check the clock"},
	} {
		_, err := ParseWebhookEvent([]byte(eventBody), one.signature, one.secret)
		var fault *WebhookSignatureError
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), one.says) {
			t.Errorf("%s: %v", name, err)
		}
		if VerifyWebhookSignature([]byte(eventBody), one.signature, one.secret) {
			t.Errorf("%s verifies", name)
		}
	}
	page := "<html>"
	if _, err := ParseWebhookEvent([]byte(page), signedAt(now, "s", page), "s"); className(err) != "HumanRailError" {
		t.Errorf("%T: %v", err, err)
	}
}

func TestEventsThatAreAboutNoTask(t *testing.T) {
	var event WebhookEvent
	text := `{"id":"evt_1","type":"webhook.test","data":{"id":"e1","url":"https://example.com","output":[1]}}`
	if err := json.Unmarshal([]byte(text), &event); err != nil {
		t.Fatal(err)
	}
	if event.Type != WebhookEventTypeTest || event.Data.ID != "" || event.Data.Output != nil || !json.Valid(event.RawData) {
		t.Errorf("%+v", event)
	}
}

func TestVerifyStandardWebhook(t *testing.T) {
	timestamp := fmt.Sprint(time.Now().Unix())
	key := []byte("0123456789abcdef0123456789abcdef")
	encoded := func(b []byte) string { text, _ := json.Marshal(b); return strings.Trim(string(text), `"`) }
	header := http.Header{}
	header.Set("webhook-id", "evt_1")
	header.Set("webhook-timestamp", timestamp)
	header.Set("webhook-signature", "v1,"+encoded(sign(key, "evt_1."+timestamp+".", []byte(eventBody))))
	if !VerifyStandardWebhook([]byte(eventBody), header, "whsec_"+encoded(key)) {
		t.Error("a good one does not verify")
	}
	if VerifyStandardWebhook([]byte(eventBody+" "), header, "whsec_"+encoded(key)) {
		t.Error("another body verifies")
	}
}
