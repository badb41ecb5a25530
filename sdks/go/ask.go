package humanrail

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

const (
	questionType       = "question"
	questionPayoutSats = 300
)

var textSchema = json.RawMessage(`{"type":"object","required":["answer"],"properties":{"answer":{"type":"string"}}}`)

// Answer is a verified answer.
type Answer[T any] struct {
	Value T
	Task  *Task
	// How likely the value is right, 0 to 1; nil if that is not known.
	Confidence *float64
}

// Ask asks a person and waits for the answer:
//
//	answer, err := humanrail.Ask[bool](ctx, client, "Is it a cat?",
//		humanrail.WithPayload(map[string]any{"image_url": url}))
//
// The type parameter says what the answer is: a struct, a bool, a number, a list (see [SchemaOf]). Of
// string or any nothing is said, so the person answers in words, unless WithSchema or WithType say more.
//
// The idempotency key is derived from question, payload and schema, so that a restarted program finds
// its task, and the same question is paid for once. Without an answer, the error is a
// [*TaskFailedError], [*TaskExpiredError], [*TaskCancelledError] or [*TaskTimeoutError], and if the
// answer does not match T an [*AnswerMismatchError]; each has the task.
func Ask[T any](ctx context.Context, client *Client, question string, options ...AskOption) (*Answer[T], error) {
	q := newQuestion(options)
	schema, isText, err := answerSchema[T](q)
	if err != nil {
		return nil, err
	}
	task, err := client.ask(ctx, question, q, schema)
	if err != nil {
		return nil, err
	}
	answer := &Answer[T]{Task: task, Confidence: task.Confidence}
	output := task.Output
	if object, ok := output.(map[string]any); isText && ok {
		output = object["answer"]
	}
	if err := decodeAnswer(output, &answer.Value, task); err != nil {
		return nil, err
	}
	return answer, nil
}

// answerSchema is the schema to send (nil is none), and whether it only asks for a text.
func answerSchema[T any](q *question) (schema json.RawMessage, isText bool, err error) {
	if q.isSchemaGiven {
		schema, err = q.schemaJSON()
		return schema, false, err
	}
	t := reflect.TypeFor[T]()
	saysNothing := t.Kind() == reflect.String || (t.Kind() == reflect.Interface && t.NumMethod() == 0)
	switch {
	case !saysNothing:
		schema, err = SchemaOf[T]()
		return schema, false, err
	case q.request.Type != "":
		return nil, false, nil
	}
	return textSchema, true, nil
}

func decodeAnswer(output any, into any, task *Task) error {
	text, err := marshal(output)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return &AnswerMismatchError{&Error{Message: fmt.Sprintf("The output of task %s does not fit %s: %s.", task.ID, reflect.TypeOf(into).Elem(), err), cause: err}, task}
	}
	return nil
}

// ask creates or finds the task, and waits until it is verified.
func (c *Client) ask(ctx context.Context, question string, q *question, schema json.RawMessage) (*Task, error) {
	if c == nil || c.transport == nil {
		return nil, configurationFault("There is no client to ask with; make it with NewClient.")
	}
	request, err := q.build(question, schema)
	if err != nil {
		return nil, err
	}
	settings, err := c.transport.settings(q.callOptions)
	if err != nil {
		return nil, err
	}
	started := settings.clock.now()
	task, err := c.Tasks.Create(ctx, request, q.callOptions...)
	if err != nil {
		return nil, err
	}
	if !task.Status.IsTerminal() {
		wait := &WaitOptions{}
		if q.timeout > 0 {
			wait.Timeout = max(1, q.timeout-settings.clock.now().Sub(started))
		}
		ended, err := c.Tasks.WaitForCompletion(ctx, task.ID, wait, q.callOptions...)
		isLate := q.timeout > 0 && settings.clock.now().Sub(started) >= q.timeout
		if err != nil && (isLate && isTimeout(err) || errors.Is(ctx.Err(), context.DeadlineExceeded)) {
			return nil, &TaskTimeoutError{&Error{Message: fmt.Sprintf("Task %s was not answered in time; it goes on, and the same question finds it again.", task.ID), cause: err}, task}
		}
		if err != nil {
			return nil, err
		}
		task = ended
	}
	return orNil(task, endError(task))
}

// build makes the request of a create.
func (q *question) build(question string, schema json.RawMessage) (*CreateTaskRequest, error) {
	if strings.TrimSpace(question) == "" {
		return nil, &Error{Message: "The question has no words."}
	}
	payload, err := q.payloadJSON()
	if err != nil {
		return nil, err
	}
	key, err := questionKey(question, payload, schema)
	if err != nil {
		return nil, err
	}
	request := q.request
	if request.IdempotencyKey == "" {
		request.IdempotencyKey = key
	}
	if request.Type == "" {
		request.Type = questionType
		if request.PayoutSats == 0 {
			request.PayoutSats = questionPayoutSats
		}
	}
	extra := map[string]any{}
	for name, value := range request.ExtraFields {
		extra[name] = value
	}
	// As text, because maps would lose the order of the fields shown to the worker.
	if extra["payload"], err = withQuestion(question, payload); err != nil {
		return nil, err
	}
	if schema != nil {
		request.OutputSchema = schema
	}
	request.ExtraFields = extra
	return &request, nil
}

// withQuestion puts the question before the payload's own fields.
func withQuestion(question string, payload json.RawMessage) (json.RawMessage, error) {
	words, err := marshal(question)
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf(`{"question":%s`, words)
	if rest := strings.TrimSpace(string(payload)[1:]); rest != "}" {
		return json.RawMessage(text + "," + rest), nil
	}
	return json.RawMessage(text + "}"), nil
}

// questionKey is the idempotency key of a question, the same in every language's SDK.
func questionKey(question string, payload, schema json.RawMessage) (string, error) {
	canonical, err := canonicalJSON(map[string]any{
		"output_schema": orNull(schema),
		"payload":       payload,
		"question":      question,
	})
	if err != nil {
		return "", err
	}
	digest := sha256.Sum256(canonical)
	return "ask:" + hex.EncodeToString(digest[:])[:32], nil
}

func orNull(schema json.RawMessage) json.RawMessage {
	if schema == nil {
		return json.RawMessage("null")
	}
	return schema
}
