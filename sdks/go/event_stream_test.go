package humanrail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

func event(sequence int, kind string, status TaskStatus) string {
	return fmt.Sprintf("id: %d\nevent: %s\ndata: {\"sequence\":%d,\"task_id\":\"1\",\"type\":%q,\ndata: \"status\":%q,\"data\":{\"some_key\":%d}}\n\n", sequence, kind, sequence, kind, status, sequence)
}

var (
	created   = event(1, "task.created", TaskStatusPosted)
	verified  = event(2, "task.verified", TaskStatusVerified)
	completed = event(3, "task.completed", TaskStatusVerified)
)

// stream answers with a stream in pieces of one byte, so that no border of a reader's own falls on a
// line's end; then it ends, breaks off or stays open.
func stream(text, end string) answer {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
		flush := http.NewResponseController(w).Flush
		_ = flush()
		for i := range len(text) {
			_, _ = io.WriteString(w, text[i:i+1])
			_ = flush()
		}
		switch end {
		case "break":
			reset(w, r)
		case "stay":
			hang(w, r)
		}
	}
}

func collect(e *EventStream) ([]string, error) {
	var types []string
	for e.Next() {
		types = append(types, e.Current().Type)
	}
	return types, e.Err()
}

var wholeStory = []string{"task.created", "task.verified", "task.completed"}

func TestStreamGivesEachEvent(t *testing.T) {
	server := newServer(t, stream(": hello\n\n"+created+verified+completed, "stay"))
	events := server.client().Tasks.StreamEvents(ctx, "1", nil)
	if !events.Next() || events.Current().Data["some_key"] != 1.0 || events.Current().TaskID != "1" {
		t.Errorf("%+v, %v", events.Current(), events.Err())
	}
	rest, err := collect(events)
	if err != nil || !reflect.DeepEqual(rest, wholeStory[1:]) {
		t.Error(rest, err)
	}
	seen := server.seen()[0]
	if seen.path != "/v1/tasks/1/events" || seen.header.Get("Accept") != "text/event-stream" {
		t.Errorf("%+v", seen)
	}
}

func TestStreamReadsAllLineEnds(t *testing.T) {
	for _, lineEnd := range []string{"\n", "\r", "\r\n"} {
		server := newServer(t, stream(strings.ReplaceAll(created+completed, "\n", lineEnd), ""))
		types, err := collect(server.client().Tasks.StreamEvents(ctx, "1", nil))
		if err != nil || len(types) != 2 {
			t.Errorf("%q: %v, %v", lineEnd, types, err)
		}
	}
}

func TestStreamGoesOnWhereItBroke(t *testing.T) {
	server := newServer(t,
		stream("retry: 30000\n"+created, "break"), reset, reply(503, ""),
		stream(verified+"id: 3\ndata: {\"cut", "break"), stream(completed, ""))
	clock := newFakeClock()
	types, err := collect(server.client(withClock(clock)).Tasks.StreamEvents(ctx, "1", nil))
	if err != nil || !reflect.DeepEqual(types, wholeStory) {
		t.Error(types, err)
	}
	var ids []string
	for _, request := range server.seen() {
		ids = append(ids, request.header.Get("Last-Event-ID"))
	}
	if want := []string{"", "1", "1", "1", "2"}; !reflect.DeepEqual(ids, want) {
		t.Errorf("went on after %q", ids)
	}
	if clock.sleeps[0] != 30*time.Second {
		t.Errorf("waited %v", clock.sleeps)
	}
}

func TestStreamEndsWhereNothingComesAfter(t *testing.T) {
	timeline := reply(200, `{"data":[{"sequence":3,"type":"task.completed","status":"verified"}]}`)
	for name, answers := range map[string][]answer{
		"closed at once": {stream("", ""), timeline},
		"no content":     {reply(204, "")},
	} {
		server := newServer(t, answers...)
		types, err := collect(server.client().Tasks.StreamEvents(ctx, "1", &StreamOptions{After: 3}))
		if err != nil || len(types) != 0 || len(server.seen()) != len(answers) {
			t.Errorf("%s: %v, %v", name, types, err)
		}
		if got := server.seen()[0].header.Get("Last-Event-ID"); got != "3" {
			t.Errorf("%s: began after %q", name, got)
		}
	}
}

func TestStreamGivesUp(t *testing.T) {
	for times, most := range map[string]int{"2 times": 1, "1 time": -1, "6 times": 0} {
		server := newServer(t, stream("", "break"))
		_, err := collect(server.client().Tasks.StreamEvents(ctx, "1", &StreamOptions{MaxReconnects: most}))
		var connection *ConnectionError
		if !errors.As(err, &connection) || !strings.Contains(err.Error(), "ended "+times+" without") {
			t.Errorf("%d: %v", most, err)
		}
	}
	_, err := collect(newServer(t, reply(503, "")).client().Tasks.StreamEvents(ctx, "1", &StreamOptions{MaxReconnects: -1}))
	if err == nil || !strings.Contains(err.Error(), "At last: The API answered 503") {
		t.Error(err)
	}
}

func TestStreamTellsErrorsOfTheAPI(t *testing.T) {
	_, err := collect(newServer(t, refusal(404, "No such task: 1.")).client().Tasks.StreamEvents(ctx, "1", nil))
	var missing *NotFoundError
	if !errors.As(err, &missing) {
		t.Error(err)
	}
	for _, one := range []answer{reply(200, "<html>", "Content-Type", "text/html"), stream("data: no JSON\n\n", "")} {
		_, err := collect(newServer(t, one).client().Tasks.StreamEvents(ctx, "1", nil))
		if className(err) != "HumanRailError" {
			t.Errorf("%T: %v", err, err)
		}
	}
}

func TestStreamThatIsClosedClosesItsConnection(t *testing.T) {
	closed := make(chan struct{})
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		defer close(closed)
		stream(created, "stay")(w, r)
	})
	var types []string
	server.client().Tasks.StreamEvents(ctx, "1", nil).All()(func(e TaskEvent, err error) bool {
		types = append(types, e.Type)
		return false
	})
	<-closed
	if len(types) != 1 {
		t.Errorf("%v", types)
	}
}

func TestStreamEndsWhileItWaits(t *testing.T) {
	server := newServer(t, stream(created, "stay"))
	events := server.client().Tasks.StreamEvents(ctx, "1", nil)
	time.AfterFunc(50*time.Millisecond, func() { _ = events.Close() })
	if types, err := collect(events); err != nil || len(types) != 1 {
		t.Errorf("closed: %v, %v", types, err)
	}
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if _, err := collect(server.client().Tasks.StreamEvents(short, "1", nil)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("by its context: %v", err)
	}
	own, stop := context.WithCancel(ctx)
	time.AfterFunc(50*time.Millisecond, stop)
	if _, err := collect(server.client().Tasks.StreamEvents(own, "1", nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("by its caller: %v", err)
	}
}
