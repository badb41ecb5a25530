package humanrail

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func waits(server *apiServer) []string {
	var waits []string
	for _, request := range server.seen() {
		waits = append(waits, request.query.Get("wait"))
	}
	return waits
}

func TestWaitLetsTheAPIHoldItsAnswer(t *testing.T) {
	server := newServer(t, taskAnswer("1", TaskStatusFailed, nil))
	task, err := server.client().Tasks.WaitForCompletion(ctx, "1", nil)
	if err != nil || task.Status != TaskStatusFailed || !reflect.DeepEqual(waits(server), []string{"60"}) {
		t.Error(task, err, waits(server))
	}
}

func TestWaitAsksAtIntervalsWhereAnswersCameTooEarly(t *testing.T) {
	server := newServer(t, taskAnswer("1", TaskStatusPosted, nil), taskAnswer("1", TaskStatusAssigned, nil), taskAnswer("1", TaskStatusVerified, true))
	clock := newFakeClock()
	if _, err := server.client(withClock(clock)).Tasks.WaitForCompletion(ctx, "1", &WaitOptions{PollInterval: 5 * time.Second}); err != nil {
		t.Fatal(err)
	}
	if want := []time.Duration{5 * time.Second, 5 * time.Second}; !reflect.DeepEqual(clock.sleeps, want) {
		t.Errorf("slept %v", clock.sleeps)
	}
}

func TestWaitFallsBackToPolling(t *testing.T) {
	for name, one := range map[string]struct {
		answers []answer
		waits   []string
	}{
		"where wait is refused": {
			[]answer{refusal(400, "No."), taskAnswer("1", TaskStatusAssigned, nil), taskAnswer("1", TaskStatusVerified, true)},
			[]string{"60", "", ""},
		},
		"where held answers are cut off twice": {
			[]answer{reset, reply(504, ""), taskAnswer("1", TaskStatusVerified, true)},
			[]string{"60", "60", ""},
		},
	} {
		server := newServer(t, one.answers...)
		task, err := server.client().Tasks.WaitForCompletion(ctx, "1", nil)
		if err != nil || task.Status != TaskStatusVerified || !reflect.DeepEqual(waits(server), one.waits) {
			t.Errorf("%s: %v, %v", name, err, waits(server))
		}
	}
}

func TestWaitEndsWithItsTime(t *testing.T) {
	server := newServer(t, taskAnswer("1", TaskStatusAssigned, nil))
	clock := newFakeClock()
	started := clock.now()
	_, err := server.client(withClock(clock)).Tasks.WaitForCompletion(ctx, "1", &WaitOptions{Timeout: 3 * time.Second})
	var timeout *TimeoutError
	if !errors.As(err, &timeout) || !strings.Contains(err.Error(), "1 was not done within 3s; it is assigned") {
		t.Error(err)
	}
	if clock.now().Sub(started) != 3*time.Second || !reflect.DeepEqual(waits(server), []string{"3", "1"}) {
		t.Errorf("asked %v in %s", waits(server), clock.now().Sub(started))
	}
}

func TestWaitGivesUpOnWhatWaitingDoesNotMend(t *testing.T) {
	server := newServer(t, refusal(404, "No such task: 1."))
	_, err := server.client().Tasks.WaitForCompletion(ctx, "1", nil)
	var missing *NotFoundError
	if !errors.As(err, &missing) || len(server.seen()) != 1 {
		t.Error(err)
	}
}

func TestDecodeOutput(t *testing.T) {
	task := &Task{ID: "1", Status: TaskStatusVerified, Output: map[string]any{"approved": true, "reason": "x"}}
	var into refund
	if err := task.DecodeOutput(&into); err != nil || into != (refund{true, "x"}) {
		t.Error(into, err)
	}
	var number int
	if err := task.DecodeOutput(&number); err == nil || !strings.Contains(err.Error(), "does not fit *int") {
		t.Error(err)
	}
	task.Status = TaskStatusFailed
	if err := task.DecodeOutput(&into); err == nil || !strings.Contains(err.Error(), "is failed") {
		t.Error(err)
	}
}
