package humanrail

import (
	"context"
	"errors"
	"math/rand"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	backOffFirst  = 500 * time.Millisecond
	backOffMax    = 8 * time.Second
	retryAfterMax = time.Minute
)

// isRetryable is true if a retry may succeed: 408, 429, 5xx but 501, and
// a 409 that only says that the first request with this idempotency key is still running.
func isRetryable(status int, code string) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests:
		return true
	case http.StatusConflict:
		return code == "idempotency_in_flight"
	}
	return status >= 500 && status != http.StatusNotImplemented
}

// mayRetry is true for errors after which a retry may succeed.
func mayRetry(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	if e.Status != 0 {
		return isRetryable(e.Status, e.Code)
	}
	var connection *ConnectionError
	return errors.As(err, &connection)
}

// retryDelay is how long to wait before retry number `retry` (0 is the first): between 0.5 and 1 s,
// then 1 and 2, 2 and 4, and from there on 4 and 8; never less than the API asked for, as long as it
// asked for a minute at most. random is from 0 up to 1, so that clients' retries do not synchronize.
func retryDelay(retry int, retryAfter *time.Duration, random float64) time.Duration {
	floor := backOffMax / 2
	if retry < 3 {
		floor = backOffFirst << retry
	}
	delay := floor + time.Duration(float64(floor)*random)
	if retryAfter == nil || *retryAfter > retryAfterMax {
		return delay
	}
	return max(delay, *retryAfter)
}

var wholeSeconds = regexp.MustCompile(`^[0-9]+$`)

// parseRetryAfter reads Retry-After, whole seconds or an HTTP date, as the time from now; nil if neither.
func parseRetryAfter(header string, now time.Time) *time.Duration {
	value := strings.TrimSpace(header)
	if wholeSeconds.MatchString(value) {
		seconds, err := strconv.ParseInt(value, 10, 32)
		if err != nil {
			return nil
		}
		return Ptr(time.Duration(seconds) * time.Second)
	}
	date, err := http.ParseTime(value)
	if err != nil {
		return nil
	}
	// Whole seconds, as the header would have said them.
	left := max(0, (date.Sub(now) + time.Second - 1).Truncate(time.Second))
	return &left
}

func retryAfterOf(err error) *time.Duration {
	var e *Error
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return nil
}

// clock is the time, which tests replace.
type clock interface {
	now() time.Time
	// sleep waits; it returns early, with the context's error, if that ends.
	sleep(ctx context.Context, delay time.Duration) error
	random() float64
}

type systemClock struct{}

func (systemClock) now() time.Time { return time.Now() }

func (systemClock) random() float64 { return rand.Float64() }

func (systemClock) sleep(ctx context.Context, delay time.Duration) error {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return contextError(ctx)
	}
}
