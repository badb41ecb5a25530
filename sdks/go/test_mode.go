package humanrail

import (
	"context"
	"net/http"
	"time"
)

// advanceTime is the extra timeout of one advance, on top of an attempt's.
const advanceTime = time.Minute

// TestMode is for rehearsals, with a test key.
type TestMode struct {
	Clock *TestClockService
}

// TestClockService has the clock of your organization's test mode. Live mode and other organizations
// have their own time.
type TestClockService struct{ transport *transport }

// Get reads the current time, and when something is next due.
func (s *TestClockService) Get(ctx context.Context, options ...Option) (*TestClock, error) {
	return get[TestClock](ctx, s.transport, "/test/clock", nil, options)
}

// Advance advances the clock by so many seconds and runs what becomes due in test mode, in order. The first
// call stops the clock: from then on time passes only by this call, until Reset. Large steps take
// several requests.
func (s *TestClockService) Advance(ctx context.Context, seconds int, options ...Option) (*AdvancedTestClock, error) {
	whole, err := s.advanceOnce(ctx, seconds, options)
	for err == nil && !whole.Done {
		var part *AdvancedTestClock
		if part, err = s.advanceOnce(ctx, whole.RemainingSeconds, options); err != nil {
			break
		}
		part.AdvancedSeconds += whole.AdvancedSeconds
		part.Happened = append(whole.Happened, part.Happened...)
		part.HasMore = part.HasMore || whole.HasMore
		whole = part
	}
	return orNil(whole, err)
}

func (s *TestClockService) advanceOnce(ctx context.Context, seconds int, options []Option) (*AdvancedTestClock, error) {
	advanced := &AdvancedTestClock{}
	return orNil(advanced, s.transport.do(ctx, call{
		method:   http.MethodPost,
		path:     "/test/clock/advance",
		body:     map[string]any{"seconds": seconds},
		patience: advanceTime,
		options:  options,
	}, advanced))
}

// Reset ends a rehearsal: test mode returns to real time, and the scripted workers' records
// are reset, so that the next rehearsal starts the same way.
func (s *TestClockService) Reset(ctx context.Context, options ...Option) (*TestClock, error) {
	clock := &TestClock{}
	return orNil(clock, s.transport.do(ctx, call{method: http.MethodDelete, path: "/test/clock", options: options}, clock))
}
