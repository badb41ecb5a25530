package humanrail

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
)

type askCase struct {
	Name string
	Ask  struct {
		Question       string
		Payload        json.RawMessage
		Returns        json.RawMessage
		Type           string
		PayoutSats     int      `json:"payout_sats"`
		SLASeconds     int      `json:"sla_seconds"`
		SkillsRequired []string `json:"skills_required"`
		RiskTier       RiskTier `json:"risk_tier"`
		Instructions   string
		Metadata       map[string]any
		CallbackURL    string `json:"callback_url"`
		Key            string
		TimeoutSeconds float64 `json:"timeout_seconds"`
	}
	Request any
	Answers []json.RawMessage
	Reads   *int
	Result  *struct {
		Value      any
		Confidence *float64
		TaskID     string `json:"task_id"`
	}
	Error *struct {
		Class   string
		TaskID  string `json:"task_id"`
		Message string
	}
}

type askCases struct {
	Keys []struct {
		Question     string
		Payload      json.RawMessage
		OutputSchema json.RawMessage `json:"output_schema"`
		Key          string
	}
	Canonical []struct{ JSON, Canonical string }
	Asks      []askCase
	Approvals struct {
		OutputSchema any `json:"output_schema"`
		Cases        []approvalCase
	}
}

func TestQuestionKeys(t *testing.T) {
	for _, one := range conformanceCases[askCases](t, "asks").Keys {
		t.Run(one.Key, func(t *testing.T) {
			got, err := questionKey(one.Question, one.Payload, one.OutputSchema)
			if err != nil || got != one.Key {
				t.Errorf("%s, %v", got, err)
			}
		})
	}
}

func TestCanonicalJSON(t *testing.T) {
	for _, one := range conformanceCases[askCases](t, "asks").Canonical {
		t.Run(one.JSON[:12], func(t *testing.T) {
			got, err := canonicalJSON(json.RawMessage(one.JSON))
			if err != nil || string(got) != one.Canonical {
				t.Errorf("%s, %v", got, err)
			}
		})
	}
}

func (one askCase) options() []AskOption {
	ask := one.Ask
	options := []AskOption{
		WithType(ask.Type), WithPayoutSats(ask.PayoutSats), WithSLASeconds(ask.SLASeconds),
		WithSkillsRequired(ask.SkillsRequired...), WithRiskTier(ask.RiskTier), WithInstructions(ask.Instructions),
		WithMetadata(ask.Metadata), WithCallbackURL(ask.CallbackURL), WithKey(ask.Key),
		WithAnswerTimeout(time.Duration(ask.TimeoutSeconds * float64(time.Second))),
	}
	if ask.Payload != nil {
		options = append(options, WithPayload(ask.Payload))
	}
	if ask.Returns != nil {
		options = append(options, WithSchema(ask.Returns))
	}
	return options
}

func TestAsks(t *testing.T) {
	for _, one := range conformanceCases[askCases](t, "asks").Asks {
		t.Run(one.Name, func(t *testing.T) {
			answers := []answer{reply(500, "")}
			if len(one.Answers) > 0 {
				answers = nil
			}
			for _, body := range one.Answers {
				answers = append(answers, reply(200, body))
			}
			server := newServer(t, answers...)
			got, err := Ask[any](ctx, server.client(), one.Ask.Question, one.options()...)
			checkTraffic(t, one, server.seen())
			if one.Error != nil {
				checkAskError(t, one, err)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got.Value, one.Result.Value) || got.Task.ID != one.Result.TaskID {
				t.Errorf("%v of task %s", got.Value, got.Task.ID)
			}
			if !reflect.DeepEqual(got.Confidence, one.Result.Confidence) {
				t.Errorf("the confidence is %v", got.Confidence)
			}
		})
	}
}

func checkTraffic(t *testing.T, one askCase, requests []seenRequest) {
	t.Helper()
	if one.Request == nil {
		if len(requests) != 0 {
			t.Errorf("%d requests, though nothing should be sent", len(requests))
		}
		return
	}
	if len(requests) == 0 || requests[0].method != "POST" || requests[0].path != "/v1/tasks" {
		t.Fatalf("the requests are %v", requests)
	}
	if !reflect.DeepEqual(requests[0].body, one.Request) {
		t.Errorf("the body is %v, not %v", requests[0].body, one.Request)
	}
	reads := requests[1:]
	for _, read := range reads {
		if read.method != "GET" {
			t.Errorf("%s %s", read.method, read.path)
		}
	}
	if one.Reads == nil && len(reads) == 0 || one.Reads != nil && len(reads) != *one.Reads {
		t.Errorf("%d reads", len(reads))
	}
}

func checkAskError(t *testing.T, one askCase, err error) {
	t.Helper()
	if got := className(err); got != one.Error.Class {
		t.Fatalf("%s (%v), not %s", got, err, one.Error.Class)
	}
	if !strings.Contains(err.Error(), one.Error.Message) {
		t.Errorf("%q does not say %q", err, one.Error.Message)
	}
	if one.Error.TaskID == "" {
		return
	}
	task := reflect.ValueOf(err).Elem().FieldByName("Task").Interface().(*Task)
	if task.ID != one.Error.TaskID {
		t.Errorf("it carries task %s", task.ID)
	}
	var e *Error
	if !errors.As(err, &e) {
		t.Errorf("%T is no *Error", err)
	}
}

type refund struct {
	Approved bool   `json:"approved"`
	Reason   string `json:"reason,omitempty"`
}

func TestAskGivesAGoType(t *testing.T) {
	server := newServer(t, taskAnswer("01", TaskStatusVerified, map[string]any{"approved": true, "reason": "In the policy"}))
	type order struct {
		OrderID string  `json:"order_id"`
		Amount  float64 `json:"amount"`
	}
	got, err := Ask[refund](ctx, server.client(), "Approve this refund?", WithPayload(order{"o-1", 12.5}))
	if err != nil {
		t.Fatal(err)
	}
	if want := (refund{true, "In the policy"}); got.Value != want {
		t.Errorf("%v", got.Value)
	}
	// The key of the shared case with the same question, payload and schema.
	body := server.seen()[0].body.(map[string]any)
	if body["idempotency_key"] != "ask:bb78e9b4e807a55e793c840c7402173e" {
		t.Errorf("asked %v", body)
	}
}

func TestAskSendsNoSchemaWhereTheTypeHasOne(t *testing.T) {
	server := newServer(t, taskAnswer("01", TaskStatusVerified, map[string]any{"approved": true}))
	got, err := Ask[refund](ctx, server.client(), "Approve?", WithType("refund"), WithSchema(nil))
	if err != nil || !got.Value.Approved {
		t.Fatal(got, err)
	}
	if _, sent := server.seen()[0].body.(map[string]any)["output_schema"]; sent {
		t.Error("a schema was sent")
	}
}

func TestAskAnswerOfAnotherType(t *testing.T) {
	server := newServer(t, taskAnswer("01", TaskStatusVerified, "yes"))
	_, err := Ask[bool](ctx, server.client(), "Is it a cat?")
	var mismatch *AnswerMismatchError
	if !errors.As(err, &mismatch) || mismatch.Task.ID != "01" || !strings.Contains(err.Error(), "bool") {
		t.Errorf("%T: %v", err, err)
	}
}

func TestAskEndsWithTheContext(t *testing.T) {
	server := newServer(t, taskAnswer("01", TaskStatusPosted, nil), hang)
	short, cancel := context.WithTimeout(ctx, 150*time.Millisecond)
	defer cancel()
	_, err := Ask[bool](short, server.client(), "Is it a cat?")
	var late *TaskTimeoutError
	if !errors.As(err, &late) || late.Task.ID != "01" || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%T: %v", err, err)
	}
}

func TestAskRefusesInWords(t *testing.T) {
	server := newServer(t, reply(500, ""))
	client := server.client()
	ask := func(options ...AskOption) error {
		_, err := Ask[any](ctx, client, "Well?", options...)
		return err
	}
	type node struct {
		Next *node `json:"next"`
	}
	askNode := func() error { _, err := Ask[node](ctx, client, "Well?"); return err }
	askFunc := func() error { _, err := Ask[func()](ctx, client, "Well?"); return err }
	for name, one := range map[string]struct {
		err  error
		says string
	}{
		"NaN":                              {ask(WithPayload(map[string]any{"x": math.NaN()})), "JSON has no number NaN"},
		"an integer beyond 2^53":           {ask(WithPayload(map[string]any{"x": int64(9007199254740993)})), "beyond 2^53"},
		"a number beyond a double":         {ask(WithPayload(json.RawMessage(`{"x":1e999}`))), "too large"},
		"a payload that is no object":      {ask(WithPayload([]int{1})), "an object as JSON"},
		"a channel":                        {ask(WithPayload(map[string]any{"x": make(chan int)})), "plain data"},
		"a struct for a schema":            {ask(WithSchema(refund{})), "the type parameter of Ask"},
		"a schema that is only an object":  {ask(WithSchema(map[string]any{"verdict": "string"})), "without any keyword"},
		"a schema that is a list":          {ask(WithSchema(`[]`)), "no JSON Schema"},
		"a schema that is no JSON":         {ask(WithSchema(`{"type"`)), "no JSON Schema"},
		"a type that contains itself":      {askNode(), "contains itself"},
		"a type that JSON has nothing for": {askFunc(), "JSON has nothing for it"},
	} {
		t.Run(name, func(t *testing.T) {
			if className(one.err) != "HumanRailError" || !strings.Contains(one.err.Error(), one.says) {
				t.Errorf("%T: %v", one.err, one.err)
			}
		})
	}
	if len(server.seen()) != 0 {
		t.Error("something was sent")
	}
	for _, none := range []*Client{nil, {}} {
		if _, err := Ask[bool](ctx, none, "Well?"); className(err) != "ConfigurationError" {
			t.Errorf("without a client: %v", err)
		}
	}
}
