package humanrail

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// WaitOptions bound a WaitForCompletion.
type WaitOptions struct {
	// How long to wait at most; 0 is until the task ends, which it does at ExpiresAt.
	Timeout time.Duration
	// Between polls if long polling does not work; default 2 s.
	PollInterval time.Duration
}

const pollIntervalDefault = 2 * time.Second

// WaitForCompletion waits until the task has ended and returns it in any final
// Status. nil options are the defaults. A [*TimeoutError] on timeout; the task continues, and
// can be waited for again.
func (s *TaskService) WaitForCompletion(ctx context.Context, id string, wait *WaitOptions, options ...Option) (*Task, error) {
	settings, err := s.transport.settings(options)
	if err != nil {
		return nil, err
	}
	w := waiter{tasks: s, id: id, options: options, clock: settings.clock}
	if wait != nil {
		w.WaitOptions = *wait
	}
	if w.PollInterval <= 0 {
		w.PollInterval = pollIntervalDefault
	}
	return w.run(ctx)
}

// waiter reads a task until it has ended. It asks the API to hold its answer; after a refusal, or two
// failures, it asks at intervals instead.
type waiter struct {
	WaitOptions
	tasks    *TaskService
	id       string
	options  []Option
	clock    clock
	refusals int
	last     TaskStatus
}

func (w *waiter) run(ctx context.Context) (*Task, error) {
	started := w.clock.now()
	left := func() time.Duration {
		if w.Timeout <= 0 {
			return WaitSecondsMax * time.Second
		}
		return w.Timeout - w.clock.now().Sub(started)
	}
	for left() > 0 {
		if ctx.Err() != nil {
			return nil, contextError(ctx)
		}
		asked := w.clock.now()
		task, err := w.read(ctx, left())
		pause := w.PollInterval - w.clock.now().Sub(asked)
		switch {
		case err == nil && task.Status.IsTerminal():
			return task, nil
		case err == nil:
			// An early response was not held, so the next poll must wait.
			w.last = task.Status
		case !w.holds() || ctx.Err() != nil || !w.isWorthPolling(err):
			return nil, err
		default:
			w.count(err)
			pause = retryDelay(0, retryAfterOf(err), w.clock.random())
		}
		if err := w.clock.sleep(ctx, max(0, min(pause, left()))); err != nil {
			return nil, err
		}
	}
	state := "its status could not be read"
	if w.last != "" {
		state = fmt.Sprintf("it is %s", w.last)
	}
	return nil, &TimeoutError{&Error{Message: fmt.Sprintf("Task %s was not done within %s; %s.", w.id, w.Timeout, state)}}
}

func (w *waiter) holds() bool { return w.refusals < 2 }

func (w *waiter) read(ctx context.Context, left time.Duration) (*Task, error) {
	if !w.holds() {
		return w.tasks.Get(ctx, w.id, w.options...)
	}
	return w.tasks.GetWaiting(ctx, w.id, left, append(w.options[:len(w.options):len(w.options)], WithMaxRetries(0))...)
}

func (w *waiter) count(err error) {
	var refusal *ValidationError
	if errors.As(err, &refusal) {
		w.refusals = 2
	} else {
		w.refusals++
	}
}

func (w *waiter) isWorthPolling(err error) bool {
	var refusal *ValidationError
	return errors.As(err, &refusal) || mayRetry(err)
}
