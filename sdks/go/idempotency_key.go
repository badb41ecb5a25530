package humanrail

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// IdempotencyKey derives a key from a question, the same in every language's SDK: the
// namespace, a colon, and the first 32 hex digits of the SHA-256 of the parts joined by colons. A second
// run of your program then gets the first task back instead of paying for another.
//
//	humanrail.IdempotencyKey("order-service", "order-12345", "refund-check")
//	// order-service:0628125436ba104e9904a80231f821da
func IdempotencyKey(namespace string, parts ...string) string {
	digest := sha256.Sum256([]byte(strings.Join(parts, ":")))
	return namespace + ":" + hex.EncodeToString(digest[:])[:32]
}

// randomKey is a random UUID, for a request that came without a key of its own.
func randomKey() string {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err) // The system has no randomness at all; nothing works then.
	}
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:])
}
