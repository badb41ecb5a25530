package humanrail

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"
)

type retryCases struct {
	Now       int64
	Retryable []struct {
		Status int
		Code   string
		Retry  bool
	}
	Delays []struct {
		Retry             int
		RetryAfterSeconds *float64 `json:"retry_after_seconds"`
		Random            float64
		DelayMs           float64 `json:"delay_ms"`
	}
	RetryAfter []struct {
		Header  *string
		Seconds *float64
	} `json:"retry_after"`
	Sequences []struct {
		Name       string
		MaxRetries *int `json:"max_retries"`
		Answers    []json.RawMessage
		Requests   int
		Ends       any
	}
}

func seconds(value *float64) *time.Duration {
	if value == nil {
		return nil
	}
	return Ptr(time.Duration(*value * float64(time.Second)))
}

func TestRetryable(t *testing.T) {
	for _, one := range conformanceCases[retryCases](t, "retries").Retryable {
		t.Run(fmt.Sprintf("%d %s", one.Status, one.Code), func(t *testing.T) {
			if got := isRetryable(one.Status, one.Code); got != one.Retry {
				t.Errorf("tried again: %v", got)
			}
		})
	}
}

func TestRetryDelays(t *testing.T) {
	for i, one := range conformanceCases[retryCases](t, "retries").Delays {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			want := time.Duration(one.DelayMs * float64(time.Millisecond))
			if got := retryDelay(one.Retry, seconds(one.RetryAfterSeconds), one.Random); got != want {
				t.Errorf("%s, not %s", got, want)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	cases := conformanceCases[retryCases](t, "retries")
	for i, one := range cases.RetryAfter {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			header := ""
			if one.Header != nil {
				header = *one.Header
			}
			got := parseRetryAfter(header, time.Unix(cases.Now, 0))
			if want := seconds(one.Seconds); !reflect.DeepEqual(got, want) {
				t.Errorf("%q is %v, not %v", header, got, want)
			}
		})
	}
}

func TestRetrySequences(t *testing.T) {
	for _, one := range conformanceCases[retryCases](t, "retries").Sequences {
		t.Run(one.Name, func(t *testing.T) {
			var answers []answer
			var wait time.Duration
			for _, text := range one.Answers {
				given, retryAfter := sequenceAnswer(t, text)
				answers = append(answers, given)
				wait = max(wait, retryAfter)
			}
			server, clock := newServer(t, answers...), newFakeClock()
			options := []Option{withClock(clock)}
			if one.MaxRetries != nil {
				options = append(options, WithMaxRetries(*one.MaxRetries))
			}
			_, err := server.client(options...).Tasks.Create(ctx, &CreateTaskRequest{Type: "t", Payload: map[string]any{}})
			if got := fmt.Sprint(ending(err)); got != fmt.Sprint(one.Ends) {
				t.Errorf("ends with %v (%v), not %v", got, err, one.Ends)
			}
			requests := server.seen()
			if len(requests) != one.Requests || len(clock.sleeps) != one.Requests-1 {
				t.Errorf("%d requests with %d waits, not %d", len(requests), len(clock.sleeps), one.Requests)
			}
			keys := map[string]bool{}
			for _, request := range requests {
				keys[request.header.Get("Idempotency-Key")] = true
			}
			if len(keys) != 1 {
				t.Errorf("the keys are %v", keys)
			}
			for _, slept := range clock.sleeps {
				if slept < max(wait, backOffFirst) {
					t.Errorf("waited %s only", slept)
				}
			}
		})
	}
}

func sequenceAnswer(t *testing.T, text json.RawMessage) (answer, time.Duration) {
	t.Helper()
	if string(text) == `"reset"` {
		return reset, 0
	}
	var one struct {
		Status     int
		Code       string
		RetryAfter string `json:"retry_after"`
	}
	if json.Unmarshal(text, &one.Status) != nil {
		if err := json.Unmarshal(text, &one); err != nil {
			t.Fatal(err)
		}
	}
	body := map[string]any{"error": map[string]any{"code": one.Code, "message": "no"}}
	if one.Status < 300 {
		body = map[string]any{"id": "1", "status": "posted"}
	}
	if one.RetryAfter == "" {
		return reply(one.Status, body), 0
	}
	wait, _ := time.ParseDuration(one.RetryAfter + "s")
	return reply(one.Status, body, "Retry-After", one.RetryAfter), wait
}

func ending(err error) any {
	var connection *ConnectionError
	var e *Error
	switch {
	case err == nil:
		return 201
	case errors.As(err, &connection):
		return "connection_error"
	case errors.As(err, &e):
		return e.Status
	}
	return err
}

type errorCase struct {
	Name    string
	Status  int
	Headers map[string]string
	Body    any
	Expect  struct {
		Class             string
		Status            int
		Type, Code, Param string
		Details           any
		DocURL            string `json:"doc_url"`
		RequestID         string `json:"request_id"`
		Message           string
		RetryAfterSeconds *float64 `json:"retry_after_seconds"`
	}
}

// className is the name of an error's type, by the words of the shared cases.
func className(err error) string {
	if err == nil {
		return "none"
	}
	name := reflect.TypeOf(err).Elem().Name()
	if name == "Error" {
		return "HumanRailError"
	}
	return name
}

func TestErrors(t *testing.T) {
	for _, one := range conformanceCases[struct{ Cases []errorCase }](t, "errors").Cases {
		t.Run(one.Name, func(t *testing.T) {
			var headers []string
			for name, value := range one.Headers {
				headers = append(headers, name, value)
			}
			server := newServer(t, reply(one.Status, one.Body, headers...))
			_, err := server.client(WithMaxRetries(0)).Tasks.Get(ctx, "1")
			want := one.Expect
			if got := className(err); got != want.Class {
				t.Fatalf("%s, not %s", got, want.Class)
			}
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("%v is no *Error", err)
			}
			got := *e
			got.cause = nil
			if want.Message == "" {
				if got.Message == "" {
					t.Error("there is no message")
				}
				want.Message = got.Message
			}
			expected := Error{
				Message: want.Message, Status: want.Status, Type: want.Type, Code: want.Code, Param: want.Param,
				Details: want.Details, DocURL: want.DocURL, RequestID: want.RequestID, RetryAfter: seconds(want.RetryAfterSeconds),
			}
			if !reflect.DeepEqual(got, expected) {
				t.Errorf("%+v, not %+v", got, expected)
			}
		})
	}
}
