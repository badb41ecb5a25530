package humanrail

import (
	"context"
	"net/http"
	"time"
)

// advanceTime is how long one advance may be at work, on top of the time for a try.
const advanceTime = time.Minute

// TestMode has what only a test key can do: rehearse.
type TestMode struct {
	Clock *TestClockService
}

// TestClockService has the clock of your organization's test mode. Live mode and other organizations
// have their own time.
type TestClockService struct{ transport *transport }

// Get tells what time it is, and when the next thing falls due.
func (s *TestClockService) Get(ctx context.Context, options ...Option) (*TestClock, error) {
	return get[TestClock](ctx, s.transport, "/test/clock", nil, options)
}

// Advance does what falls due in test mode within so many seconds, in order of due time. The first
// call stops the clock: from then on nothing happens there but by this, until Reset. What is more than
// fits one request takes several.
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

// Reset ends a rehearsal: test mode goes by real time again, and what the scripted workers have shown
// is forgotten, so that the next one begins as this one did.
func (s *TestClockService) Reset(ctx context.Context, options ...Option) (*TestClock, error) {
	clock := &TestClock{}
	return orNil(clock, s.transport.do(ctx, call{method: http.MethodDelete, path: "/test/clock", options: options}, clock))
}
