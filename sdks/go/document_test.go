package humanrail

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

type content struct {
	Example json.RawMessage `json:"example"`
}

type media struct {
	Content map[string]content `json:"content"`
}

type documentOperation struct {
	ID          string           `json:"operationId"`
	RequestBody media            `json:"requestBody"`
	Responses   map[string]media `json:"responses"`
}

// answerTypes say what each operation's answer is read into.
var answerTypes = map[string]func() any{
	"tasks.create":                    func() any { return &Task{} },
	"tasks.create_batch":              func() any { return &TaskBatch{} },
	"tasks.get":                       func() any { return &Task{} },
	"tasks.list":                      func() any { return &Page[Task]{} },
	"tasks.cancel":                    func() any { return &Task{} },
	"tasks.receipt":                   func() any { return &Receipt{} },
	"tasks.events":                    func() any { return &timeline{} },
	"quotes.create":                   func() any { return &Quote{} },
	"webhooks.list":                   func() any { return &Page[WebhookEndpoint]{} },
	"webhooks.create":                 func() any { return &WebhookEndpointWithSecret{} },
	"webhooks.get":                    func() any { return &WebhookEndpoint{} },
	"webhooks.update":                 func() any { return &WebhookEndpoint{} },
	"webhooks.rotate":                 func() any { return &RotatedWebhookEndpoint{} },
	"webhooks.test":                   func() any { return &WebhookTestResult{} },
	"webhooks.list_deliveries":        func() any { return &Page[Delivery]{} },
	"webhooks.replay":                 func() any { return &ReplayedDeliveries{} },
	"webhooks.get_callback_secret":    func() any { return &CallbackSecret{} },
	"webhooks.rotate_callback_secret": func() any { return &CallbackSecret{} },
	"deliveries.replay":               func() any { return &Delivery{} },
	"task_types.list":                 func() any { return &Page[TaskType]{} },
	"task_types.put":                  func() any { return &TaskType{} },
	"usage.get":                       func() any { return &Usage{} },
	"balance.get":                     func() any { return &Balance{} },
	"deposits.create":                 func() any { return &Deposit{} },
	"deposits.get":                    func() any { return &Deposit{} },
	"deposits.list":                   func() any { return &Page[Deposit]{} },
}

// requestTypes say what each operation's body is made of.
var requestTypes = map[string]func() any{
	"tasks.create":    func() any { return &CreateTaskRequest{} },
	"quotes.create":   func() any { return &CreateTaskRequest{} },
	"deposits.create": func() any { return &CreateDepositRequest{} },
	"webhooks.create": func() any { return &CreateWebhookRequest{} },
	"webhooks.update": func() any { return &UpdateWebhookRequest{} },
	"webhooks.replay": func() any { return &ReplayDeliveriesRequest{} },
	"task_types.put":  func() any { return &PutTaskTypeRequest{} },
}

// TestDocument reads the examples of the API's own document into the types, and writes them again:
// nothing may be unknown, and nothing may get lost.
func TestDocument(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "public", "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths    map[string]map[string]documentOperation `json:"paths"`
		Webhooks map[string]map[string]documentOperation `json:"webhooks"`
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, methods := range document.Paths {
		for _, operation := range methods {
			seen[operation.ID] = true
			if newValue := requestTypes[operation.ID]; newValue != nil {
				t.Run(operation.ID+" request", func(t *testing.T) {
					checkExample(t, operation.RequestBody.Content["application/json"].Example, newValue())
				})
			}
			if newValue := answerTypes[operation.ID]; newValue != nil {
				t.Run(operation.ID+" answer", func(t *testing.T) { checkExample(t, firstAnswer(operation), newValue()) })
			}
		}
	}
	for _, known := range []map[string]func() any{answerTypes, requestTypes} {
		for id := range known {
			if !seen[id] {
				t.Errorf("the document has no operation %s", id)
			}
		}
	}
	t.Run("webhook", func(t *testing.T) {
		checkExample(t, document.Webhooks["event"]["post"].RequestBody.Content["application/json"].Example, &WebhookEvent{})
	})
}

func firstAnswer(operation documentOperation) json.RawMessage {
	for _, status := range []string{"201", "200"} {
		if example := operation.Responses[status].Content["application/json"].Example; example != nil {
			return example
		}
	}
	return nil
}

func checkExample(t *testing.T, example json.RawMessage, into any) {
	t.Helper()
	if example == nil {
		t.Fatal("there is no example")
	}
	decoder := json.NewDecoder(bytes.NewReader(example))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Fatal(err)
	}
	if fault := lacking("it", plain(t, example), plain(t, into)); fault != "" {
		t.Error(fault)
	}
}
