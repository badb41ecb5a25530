package humanrail

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"
)

// AskOption configures a question of [Ask] or [RequireApproval].
type AskOption func(*question)

// question holds a question's options.
type question struct {
	payload       any
	schema        any
	isSchemaGiven bool
	request       CreateTaskRequest
	timeout       time.Duration
	callOptions   []Option
}

// WithPayload sets what the worker sees: a map or a struct, anything that is an object as JSON.
func WithPayload(payload any) AskOption {
	return func(q *question) { q.payload = payload }
}

// WithSchema gives the JSON Schema of the answer in place of the one that the type parameter makes: a
// map, a json.RawMessage, or its text. nil sends none, so that the one saved for the type applies.
func WithSchema(schema any) AskOption {
	return func(q *question) { q.schema, q.isSchemaGiven = schema, true }
}

// WithType asks a question of a type of your own. What is saved for it (payout, instructions, SLA)
// applies to what the other options leave out.
func WithType(taskType string) AskOption {
	return func(q *question) { q.request.Type = taskType }
}

// WithPayoutSats sets the payout of an accepted answer, in sats; default 300, or the default of
// WithType's type.
func WithPayoutSats(sats int) AskOption {
	return func(q *question) { q.request.PayoutSats = sats }
}

// WithSLASeconds sets the number of seconds after which the task expires.
func WithSLASeconds(seconds int) AskOption {
	return func(q *question) { q.request.SLASeconds = seconds }
}

// WithSkillsRequired sets the skills that a worker must have.
func WithSkillsRequired(skills ...string) AskOption {
	return func(q *question) { q.request.SkillsRequired = skills }
}

// WithRiskTier sets the worker pool and the depth of verification.
func WithRiskTier(tier RiskTier) AskOption {
	return func(q *question) { q.request.RiskTier = tier }
}

// WithInstructions gives Markdown for the worker.
func WithInstructions(markdown string) AskOption {
	return func(q *question) { q.request.Instructions = markdown }
}

// WithMetadata sets metadata, which workers never see.
func WithMetadata(metadata map[string]any) AskOption {
	return func(q *question) { q.request.Metadata = metadata }
}

// WithCallbackURL sets a URL that receives the task's events.
func WithCallbackURL(url string) AskOption {
	return func(q *question) { q.request.CallbackURL = url }
}

// WithKey sets the idempotency key, by default derived from question, payload and schema.
func WithKey(key string) AskOption {
	return func(q *question) { q.request.IdempotencyKey = key }
}

// WithAnswerTimeout limits the wait for the answer; by default until the task or the context ends.
func WithAnswerTimeout(timeout time.Duration) AskOption {
	return func(q *question) { q.timeout = timeout }
}

// WithRequest changes the request in any other way, such as its Redundancy or Sandbox.
func WithRequest(change func(*CreateTaskRequest)) AskOption {
	return func(q *question) { change(&q.request) }
}

// WithCallOptions sets the options of the calls made.
func WithCallOptions(options ...Option) AskOption {
	return func(q *question) { q.callOptions = append(q.callOptions, options...) }
}

func newQuestion(options []AskOption) *question {
	q := &question{}
	for _, apply := range options {
		if apply != nil {
			apply(q)
		}
	}
	return q
}

// payloadJSON is the payload as a JSON object, `{}` if there is none.
func (q *question) payloadJSON() (json.RawMessage, error) {
	if q.payload == nil {
		return json.RawMessage("{}"), nil
	}
	text, err := marshal(q.payload)
	if err != nil {
		return nil, err
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil || members == nil {
		return nil, &Error{Message: fmt.Sprintf("WithPayload takes what is an object as JSON, such as a map or a struct, not %T.", q.payload)}
	}
	if _, taken := members["question"]; taken {
		return nil, &Error{Message: "The payload has a field question, which is where the question itself stands; call it something else."}
	}
	return text, nil
}

// schemaJSON is the schema that was given by WithSchema; nil if that was nil.
func (q *question) schemaJSON() (json.RawMessage, error) {
	var text []byte
	switch schema := q.schema.(type) {
	case nil:
		return nil, nil
	case string:
		text = []byte(schema)
	case []byte:
		text = schema
	case json.RawMessage:
		text = schema
	default:
		if t := reflect.TypeOf(schema); t.Kind() != reflect.Map {
			return nil, &Error{Message: fmt.Sprintf("WithSchema takes a JSON Schema as a map, a json.RawMessage or its text, not %T; to be answered with a Go type, make it the type parameter of Ask.", schema)}
		}
		var err error
		if text, err = marshal(schema); err != nil {
			return nil, err
		}
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil || members == nil {
		return nil, &Error{Message: "WithSchema was given what is no JSON object, and so no JSON Schema."}
	}
	if len(members) > 0 && !hasKeyword(members) {
		return nil, &Error{Message: `WithSchema was given an object without any keyword of JSON Schema; write it like {"type":"object","properties":{"verdict":{"type":"string"}}}.`}
	}
	return text, nil
}

// hasKeyword is true if at least one member says something about the answer, or where to find it.
func hasKeyword(members map[string]json.RawMessage) bool {
	for _, keyword := range []string{
		"type", "properties", "items", "prefixItems", "enum", "const", "anyOf", "oneOf", "allOf", "not", "if",
		"$ref", "$defs", "definitions", "required", "additionalProperties", "patternProperties", "format", "pattern",
		"minimum", "maximum", "title", "description", "$schema", "$id", "$comment",
	} {
		if _, found := members[keyword]; found {
			return true
		}
	}
	return false
}
