package humanrail_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"

	humanrail "github.com/prime001/humanrail-sdk/go"
)

var ctx = context.Background()

func Example() {
	client := humanrail.NewClient("") // key from HUMANRAIL_API_KEY
	task, err := client.Tasks.Create(ctx, &humanrail.CreateTaskRequest{
		Type:       "content_review",
		Payload:    map[string]any{"text": "Is this review genuine?", "content": "Great product, 5 stars!"},
		PayoutSats: 500,
		SLASeconds: 300,
	})
	if err != nil {
		log.Fatal(err)
	}
	done, err := client.Tasks.WaitForCompletion(ctx, task.ID, nil)
	if err != nil {
		log.Fatal(err)
	}
	if done.Status == humanrail.TaskStatusVerified {
		fmt.Println(done.Output)
	} else {
		fmt.Println(done.Status, done.FailureReason.Message)
	}
}

func ExampleAsk() {
	type Review struct {
		Verdict string `json:"verdict" jsonschema:"enum=genuine,enum=ai_generated,enum=uncertain"`
		Notes   string `json:"notes,omitempty"`
	}
	client := humanrail.NewClient("")
	answer, err := humanrail.Ask[Review](ctx, client, "Is this review genuine?",
		humanrail.WithPayload(map[string]any{"review": "Great product, 5 stars!"}),
		humanrail.WithPayoutSats(500))
	var failed *humanrail.TaskFailedError
	if errors.As(err, &failed) {
		log.Fatalf("nobody could tell: %s", failed.Task.FailureReason.Message)
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Value.Verdict, answer.Task.ID)
}

func ExampleRequireApproval() {
	type Refund struct {
		OrderID string  `json:"order_id"`
		Amount  float64 `json:"amount"`
	}
	issueRefund := func(_ context.Context, r Refund) (string, error) { return "refunded " + r.OrderID, nil }

	client := humanrail.NewClient("")
	guarded := humanrail.RequireApproval(client, "issue_refund", issueRefund)
	result, err := guarded(ctx, Refund{OrderID: "o-1", Amount: 12.5})
	var denied *humanrail.ApprovalDeniedError
	if errors.As(err, &denied) {
		fmt.Println("denied:", denied.Reason)
		return
	}
	fmt.Println(result, err)
}

func ExampleSchemaOf() {
	type Review struct {
		Verdict string `json:"verdict" jsonschema:"enum=genuine,enum=ai_generated"`
		Notes   string `json:"notes,omitempty" jsonschema:"title=Notes"`
	}
	schema, err := humanrail.SchemaOf[Review]()
	fmt.Println(string(schema), err)
	// Output: {"type":"object","required":["verdict"],"properties":{"verdict":{"type":"string","enum":["genuine","ai_generated"]},"notes":{"type":"string","title":"Notes"}}} <nil>
}

func ExampleIdempotencyKey() {
	fmt.Println(humanrail.IdempotencyKey("order-service", "order-12345", "refund-check"))
	// Output: order-service:0628125436ba104e9904a80231f821da
}

func ExampleVerifyWebhookSignature() {
	http.HandleFunc("/webhooks/humanrail", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || !humanrail.VerifyWebhookSignature(body, r.Header.Get("X-HumanRail-Signature"), os.Getenv("HUMANRAIL_WEBHOOK_SECRET")) {
			http.Error(w, "Invalid signature", http.StatusUnauthorized)
			return
		}
		var event humanrail.WebhookEvent
		if err := json.Unmarshal(body, &event); err == nil && event.Type == humanrail.WebhookEventTypeTaskVerified {
			fmt.Println(event.Data.ID, event.Data.Output)
		}
		w.WriteHeader(http.StatusOK)
	})
}

func ExampleWebhookVerifier() {
	verifier := humanrail.WebhookVerifier{
		// While a secret is rotated, both may sign.
		Secrets: []string{os.Getenv("HUMANRAIL_WEBHOOK_SECRET"), os.Getenv("HUMANRAIL_WEBHOOK_SECRET_BEFORE")},
	}
	http.HandleFunc("/webhooks/humanrail", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		event, err := verifier.ParseEvent(body, r.Header.Get("X-HumanRail-Signature"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		fmt.Println(event.Type, event.Data.Status)
	})
}

func ExampleTaskService_ListAll() {
	client := humanrail.NewClient("")
	tasks := client.Tasks.ListAll(ctx, &humanrail.ListTasksParams{Status: humanrail.TaskStatusVerified})
	for tasks.Next() {
		fmt.Println(tasks.Current().ID)
	}
	if err := tasks.Err(); err != nil {
		log.Fatal(err)
	}
}

func ExampleTaskService_StreamEvents() {
	client := humanrail.NewClient("")
	events := client.Tasks.StreamEvents(ctx, "0198c0de-0000-7000-8000-000000000001", nil)
	defer events.Close()
	for events.Next() {
		fmt.Println(events.Current().Sequence, events.Current().Type)
	}
	if err := events.Err(); err != nil {
		log.Fatal(err)
	}
}

func ExampleError() {
	client := humanrail.NewClient("")
	_, err := client.Balance.Get(ctx)
	var limit *humanrail.RateLimitError
	var e *humanrail.Error
	switch {
	case errors.As(err, &limit):
		fmt.Println("later:", *limit.RetryAfter)
	case errors.As(err, &e):
		fmt.Println(e.Status, e.Code, e.RequestID)
	}
}
