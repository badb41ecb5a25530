package humanrail

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const toleranceDefault = 300 * time.Second

// VerifyWebhookSignature is true if the raw body was signed with the secret (whsec_…) at a time
// within 300 seconds of now; the signature is that of the X-HumanRail-Signature header. Anything
// missing or malformed makes it false, so that a handler needs only one `if`.
func VerifyWebhookSignature(body []byte, signature, secret string) bool {
	return WebhookVerifier{Secrets: []string{secret}}.Verify(body, signature) == nil
}

// VerifyStandardWebhook verifies by the Standard Webhooks headers instead.
func VerifyStandardWebhook(body []byte, header http.Header, secret string) bool {
	return WebhookVerifier{Secrets: []string{secret}}.VerifyStandard(body, header) == nil
}

// WebhookVerifier verifies webhooks with several secrets, as while you rotate, or another tolerance.
type WebhookVerifier struct {
	// Secrets of the endpoint; any of them may fit. Nothing verifies without one.
	Secrets []string
	// Maximum difference between the timestamp and now; default 300 s.
	Tolerance time.Duration
	// The current time; the machine's clock if nil.
	Now func() time.Time
}

// Verify checks the X-HumanRail-Signature header. What is wrong comes as a [*WebhookSignatureError].
func (v WebhookVerifier) Verify(body []byte, signature string) error {
	timestamp, digest, ok := parseSignature(signature)
	if !ok {
		return signatureFault("The X-HumanRail-Signature header is missing or malformed; it reads t=<unix>,v1=<hex>.")
	}
	if err := v.checkTime(timestamp); err != nil {
		return err
	}
	for _, secret := range v.Secrets {
		expected := hex.EncodeToString(sign([]byte(secret), timestamp+".", body))
		if secret != "" && hmac.Equal([]byte(expected), []byte(digest)) {
			return nil
		}
	}
	return v.mismatch()
}

// VerifyStandard checks the headers webhook-id, webhook-timestamp and webhook-signature. Any of the
// signatures may fit any of the secrets.
func (v WebhookVerifier) VerifyStandard(body []byte, header http.Header) error {
	id, timestamp, signatures := one(header, "Webhook-Id"), one(header, "Webhook-Timestamp"), one(header, "Webhook-Signature")
	if id == "" || timestamp == "" || signatures == "" {
		return signatureFault("One of the headers webhook-id, webhook-timestamp and webhook-signature is missing, or there twice.")
	}
	if err := v.checkTime(timestamp); err != nil {
		return err
	}
	for _, secret := range v.Secrets {
		key, err := decodeBase64(strings.TrimPrefix(secret, "whsec_"))
		if err != nil || len(key) == 0 {
			continue
		}
		expected := sign(key, id+"."+timestamp+".", body)
		for _, signature := range strings.Split(signatures, " ") {
			encoded, isV1 := strings.CutPrefix(signature, "v1,")
			digest, err := decodeBase64(encoded)
			if isV1 && err == nil && hmac.Equal(expected, digest) {
				return nil
			}
		}
	}
	return v.mismatch()
}

var unixSeconds = regexp.MustCompile(`^[0-9]{1,12}$`)

func (v WebhookVerifier) checkTime(timestamp string) error {
	if !unixSeconds.MatchString(timestamp) {
		return signatureFault("The timestamp of the signature is not in Unix seconds.")
	}
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return signatureFault("The timestamp of the signature is not in Unix seconds.")
	}
	now, tolerance := time.Now(), v.Tolerance
	if v.Now != nil {
		now = v.Now()
	}
	if tolerance == 0 {
		tolerance = toleranceDefault
	}
	apart := time.Duration(now.Unix()-seconds) * time.Second
	if apart.Abs() > tolerance {
		return signatureFault(fmt.Sprintf("The webhook was signed %s away from this machine's time, which is more than %s: check the clock, or it is a replay.", apart.Abs(), tolerance))
	}
	return nil
}

func (v WebhookVerifier) mismatch() error {
	for _, secret := range v.Secrets {
		if secret != "" {
			return signatureFault("The webhook was not signed with this secret. Pass the raw body, not parsed JSON, and the secret of this endpoint.")
		}
	}
	return signatureFault("There is no secret to verify the webhook with; set it to that of the endpoint (whsec_…).")
}

func signatureFault(message string) error {
	return &WebhookSignatureError{&Error{Message: message}}
}

func sign(key []byte, prefix string, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(prefix))
	mac.Write(body)
	return mac.Sum(nil)
}

var (
	signatureElement = regexp.MustCompile(`^([a-z][a-z0-9]*)=(\S+)$`)
	hexDigest        = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// parseSignature reads `t=<unix>,v1=<hex>`; ignores other elements, for forward compatibility. Rejects
// duplicates, because parsers may use either the first or the last.
func parseSignature(header string) (timestamp, digest string, ok bool) {
	for _, element := range strings.Split(header, ",") {
		match := signatureElement.FindStringSubmatch(element)
		if match == nil {
			return "", "", false
		}
		target := map[string]*string{"t": &timestamp, "v1": &digest}[match[1]]
		if target == nil {
			continue
		}
		if *target != "" {
			return "", "", false
		}
		*target = match[2]
	}
	return timestamp, digest, timestamp != "" && hexDigest.MatchString(digest)
}

// decodeBase64 takes it with and without its padding.
func decodeBase64(text string) ([]byte, error) {
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
}

func one(header http.Header, name string) string {
	if values := header.Values(name); len(values) == 1 {
		return values[0]
	}
	return ""
}
