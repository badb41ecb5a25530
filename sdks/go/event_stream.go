package humanrail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// StreamOptions set where a stream starts, and when it gives up.
type StreamOptions struct {
	// Go on after the event of this Sequence; from the start if 0.
	After int
	// Consecutive connections without events before it gives up; default 5, none if negative.
	MaxReconnects int
}

const maxReconnectsDefault = 5

// StreamEvents reads the task's timeline as it happens, until the task has ended and its payouts have
// settled. A broken connection is resumed. nil options are the defaults.
//
//	events := client.Tasks.StreamEvents(ctx, id, nil)
//	defer events.Close()
//	for events.Next() {
//		fmt.Println(events.Current().Type)
//	}
//	if err := events.Err(); err != nil { … }
func (s *TaskService) StreamEvents(ctx context.Context, id string, stream *StreamOptions, options ...Option) *EventStream {
	e := &EventStream{tasks: s, id: id, options: options, callers: ctx, maxReconnects: maxReconnectsDefault}
	e.ctx, e.cancel = context.WithCancel(ctx)
	if stream != nil {
		if stream.After > 0 {
			e.lastEventID = strconv.Itoa(stream.After)
		}
		if stream.MaxReconnects != 0 {
			e.maxReconnects = max(0, stream.MaxReconnects)
		}
	}
	return e
}

// EventStream iterates over a task's timeline. It is for one goroutine; Close may be called from any.
type EventStream struct {
	tasks         *TaskService
	id            string
	options       []Option
	maxReconnects int
	// The caller's context, and one below it that Close ends.
	callers, ctx context.Context
	cancel       context.CancelFunc

	connection  *connection
	lastEventID string
	// The reconnection delay requested by the server.
	retry time.Duration
	// Consecutive connections without events.
	fruitless int
	current   TaskEvent
	finished  bool
	err       error
}

// connection is one answer that is being read.
type connection struct {
	body   io.ReadCloser
	parser *eventParser
}

// Next waits for the next event. False at the end, or if the stream failed: see Err.
func (e *EventStream) Next() bool {
	for !e.finished && e.err == nil {
		event, err := e.read()
		if err == nil {
			e.take(event)
			return e.err == nil
		}
		e.err = e.recover(err)
	}
	_ = e.Close()
	return false
}

// Current is the event that Next went to.
func (e *EventStream) Current() TaskEvent { return e.current }

// Err is what ended the stream early; nil if it came to its end or was closed.
func (e *EventStream) Err() error { return e.err }

// Close ends the stream and its connection. A Next that waits returns.
func (e *EventStream) Close() error {
	e.cancel()
	return nil
}

// All gives the events for range-over-func (Go 1.23), with the error that ended it early last, and
// closes the stream behind itself.
func (e *EventStream) All() func(yield func(TaskEvent, error) bool) {
	return func(yield func(TaskEvent, error) bool) {
		defer e.cancel()
		all[TaskEvent](e)(yield)
	}
}

func (e *EventStream) take(event serverSentEvent) {
	var task TaskEvent
	if err := json.Unmarshal([]byte(event.data), &task); err != nil {
		e.err = &Error{Message: fmt.Sprintf("An event of task %s is not what this version expects: %s.", e.id, err), cause: err}
		return
	}
	e.fruitless = 0
	if event.id != "" {
		e.lastEventID = event.id
	}
	e.current = task
	e.finished = task.isOver()
}

func (e *EventStream) read() (serverSentEvent, error) {
	if e.connection == nil {
		opened, err := e.open()
		if err != nil {
			return serverSentEvent{}, err
		}
		e.connection = opened
	}
	event, err := e.connection.parser.next()
	e.retry = max(e.retry, e.connection.parser.retry)
	return event, err
}

// recover prepares the next connection after an end or a failure, or gives the error that ends it all.
func (e *EventStream) recover(err error) error {
	closedEarly := e.connection != nil && err == io.EOF
	if e.connection != nil {
		e.connection.body.Close()
		e.connection = nil
	}
	if e.ctx.Err() != nil {
		return e.interrupted()
	}
	if errors.Is(err, errNothingMore) {
		e.finished = true
		return nil
	}
	var known *Error
	if errors.As(err, &known) && !mayRetry(err) {
		return err
	}
	if closedEarly && e.isOver() {
		e.finished = true
		return nil
	}
	e.fruitless++
	if e.fruitless > e.maxReconnects {
		times := "1 time"
		if e.fruitless > 1 {
			times = fmt.Sprintf("%d times", e.fruitless)
		}
		message := fmt.Sprintf("The event stream ended %s without bringing anything.", times)
		if known != nil {
			message += " At last: " + known.Message
		}
		return &ConnectionError{&Error{Message: message, cause: err}}
	}
	return e.pause()
}

func (e *EventStream) pause() error {
	settings, err := e.tasks.transport.settings(e.options)
	if err != nil {
		return err
	}
	delay := max(e.retry, retryDelay(e.fruitless-1, nil, settings.clock.random()))
	if settings.clock.sleep(e.ctx, delay) != nil {
		return e.interrupted()
	}
	return nil
}

// interrupted tells the end of the caller's context; a Close of the stream is no error.
func (e *EventStream) interrupted() error {
	e.finished = true
	if e.callers.Err() != nil {
		return contextError(e.callers)
	}
	return nil
}

// isOver checks, when a stream closed early, whether the last event seen was the final one.
func (e *EventStream) isOver() bool {
	events, err := e.tasks.Events(e.ctx, e.id, e.options...)
	if err != nil || len(events) == 0 {
		return false
	}
	newest := events[len(events)-1]
	return newest.isOver() && newest.cursor() == e.lastEventID
}

var errNothingMore = errors.New("the server has nothing more to send")

func (e *EventStream) open() (*connection, error) {
	path, err := taskPath(e.id, "/events")
	if err != nil {
		return nil, err
	}
	header := http.Header{"Accept": {"text/event-stream"}}
	if e.lastEventID != "" {
		header.Set("Last-Event-ID", e.lastEventID)
	}
	response, err := e.tasks.transport.open(e.ctx, call{method: http.MethodGet, path: path, header: header, options: e.options})
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusNoContent {
		response.Body.Close()
		return nil, errNothingMore
	}
	if !strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		response.Body.Close()
		return nil, &Error{
			Message:   fmt.Sprintf("Asked for an event stream and got %s; is a proxy in between?", contentType(response)),
			Status:    response.StatusCode,
			RequestID: response.Header.Get("X-Request-Id"),
		}
	}
	return &connection{response.Body, newEventParser(response.Body)}, nil
}
