package humanrail

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"
)

// Against a running app: set HUMANRAIL_LIVE_BASE_URL and HUMANRAIL_LIVE_API_KEY (a test key). Skipped
// where they are not set, since the other tests need no app.

const livePatience = time.Minute

func liveClient(t *testing.T) *Client {
	t.Helper()
	url, key := os.Getenv("HUMANRAIL_LIVE_BASE_URL"), os.Getenv("HUMANRAIL_LIVE_API_KEY")
	if url == "" || key == "" {
		t.Skip("HUMANRAIL_LIVE_BASE_URL and HUMANRAIL_LIVE_API_KEY name no app to test against.")
	}
	return NewClient(key, WithBaseURL(url))
}

func liveQuestion() CreateTaskRequest {
	return CreateTaskRequest{
		Type:    "content_review",
		Payload: map[string]any{"text": "Is this review genuine?", "some_key": 1.0, "camelKey": 2.0},
		OutputSchema: map[string]any{
			"type": "object", "required": []string{"verdict"},
			"properties": map[string]any{"verdict": map[string]any{"type": "string", "enum": []string{"genuine", "ai_generated", "uncertain"}}},
		},
		PayoutSats: 500,
		SLASeconds: 300,
	}
}

func must[T any](t *testing.T) func(value T, err error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestLiveTask(t *testing.T) {
	client := liveClient(t)
	request := liveQuestion()
	request.Metadata = map[string]any{"order_id": "o-1"}
	request.Sandbox = &SandboxScript{Outcome: SandboxOutcomeVerified, Answer: map[string]any{"verdict": "genuine"}, DelaySeconds: Ptr(0.0)}
	task := must[*Task](t)(client.Tasks.Create(ctx, &request))
	if task.Mode != ModeTest || task.PayoutSats != 500 || task.Output != nil || task.CreatedAt.IsZero() || !reflect.DeepEqual(task.Payload, request.Payload) {
		t.Errorf("%+v", task)
	}
	done := must[*Task](t)(client.Tasks.WaitForCompletion(ctx, task.ID, &WaitOptions{Timeout: livePatience}))
	var output struct{ Verdict string }
	if err := done.DecodeOutput(&output); err != nil || output.Verdict != "genuine" || done.CostSats.Charged < 500 || done.CompletedAt == nil {
		t.Errorf("%+v, %v", done, err)
	}
	streamed := must[[]string](t)(collect(client.Tasks.StreamEvents(ctx, task.ID, nil)))
	var listed []string
	for _, event := range must[[]TaskEvent](t)(client.Tasks.Events(ctx, task.ID)) {
		listed = append(listed, event.Type)
	}
	if !reflect.DeepEqual(streamed, listed) || streamed[0] != "task.created" || streamed[len(streamed)-1] != "task.completed" {
		t.Errorf("streamed %v, listed %v", streamed, listed)
	}
	receipt := must[*SignedReceipt](t)(client.Tasks.Receipt(ctx, task.ID))
	if receipt.TaskID != task.ID || receipt.Status != TaskStatusVerified || !strings.Contains(string(receipt.JSON), receipt.Signature.Value) {
		t.Errorf("%s", receipt.JSON)
	}
}

func TestLiveIdempotency(t *testing.T) {
	client := liveClient(t)
	request := liveQuestion()
	request.IdempotencyKey = "live-" + randomKey()
	// Long enough to be called off before the simulated worker has answered.
	request.Sandbox = &SandboxScript{DelaySeconds: Ptr(60.0)}
	first := must[*Task](t)(client.Tasks.Create(ctx, &request))
	second := must[*Task](t)(client.Tasks.Create(ctx, &request))
	if first.ID != second.ID {
		t.Errorf("%s and %s", first.ID, second.ID)
	}
	request.PayoutSats = 501
	_, err := client.Tasks.Create(ctx, &request)
	var conflict *ConflictError
	if !errors.As(err, &conflict) {
		t.Errorf("another body: %v", err)
	}
	if cancelled := must[*Task](t)(client.Tasks.Cancel(ctx, first.ID)); cancelled.Status != TaskStatusCancelled {
		t.Errorf("%s", cancelled.Status)
	}
}

func TestLiveBatchAndPages(t *testing.T) {
	client := liveClient(t)
	tag := randomKey()
	good, bad := liveQuestion(), liveQuestion()
	good.Metadata = map[string]any{"tag": tag}
	bad.Metadata, bad.ExtraFields = good.Metadata, map[string]any{"payout_sats": 0}
	results := must[[]BatchResult](t)(client.Tasks.CreateBatch(ctx, []CreateTaskRequest{good, bad, good}))
	if results[0].Status != 201 || results[1].Status != 400 || results[1].Error.Code == "" || results[2].Status != 201 {
		t.Fatalf("%+v", results)
	}
	var ids []string
	tasks := client.Tasks.ListAll(ctx, &ListTasksParams{Limit: 1, Metadata: map[string]string{"tag": tag}})
	for tasks.Next() {
		ids = append(ids, tasks.Current().ID)
	}
	if tasks.Err() != nil || len(ids) != 2 {
		t.Errorf("%v, %v", ids, tasks.Err())
	}
}

func TestLiveErrors(t *testing.T) {
	client := liveClient(t)
	_, err := client.Tasks.Get(ctx, "0198c0de-0000-7000-8000-000000000000")
	var missing *NotFoundError
	if !errors.As(err, &missing) || missing.RequestID == "" {
		t.Errorf("%v", err)
	}
	request := liveQuestion()
	request.SLASeconds = 1
	_, err = client.Tasks.Create(ctx, &request)
	var invalid *ValidationError
	if !errors.As(err, &invalid) || invalid.Status != 400 || invalid.Param != "sla_seconds" {
		t.Errorf("%v", err)
	}
	_, err = NewClient("ek_test_wrong", WithBaseURL(os.Getenv("HUMANRAIL_LIVE_BASE_URL"))).Balance.Get(ctx)
	var unknown *AuthenticationError
	if !errors.As(err, &unknown) || strings.Contains(err.Error(), "ek_test_wrong") {
		t.Errorf("%v", err)
	}
}

func TestLiveEndpoints(t *testing.T) {
	client := liveClient(t)
	// Only what no task of these tests does, since their events would be deliveries too.
	endpoint := must[*WebhookEndpointWithSecret](t)(client.Webhooks.Create(ctx, &CreateWebhookRequest{URL: "https://example.com/hook", Events: []WebhookEventType{WebhookEventTypeTaskExpired}}))
	if !strings.HasPrefix(endpoint.Secret, "whsec_") {
		t.Errorf("%+v", endpoint)
	}
	updated := must[*WebhookEndpoint](t)(client.Webhooks.Update(ctx, endpoint.ID, &UpdateWebhookRequest{Status: WebhookEndpointStatusDisabled, Events: Ptr([]WebhookEventType{})}))
	if updated.Status != WebhookEndpointStatusDisabled || len(updated.Events) != 0 {
		t.Errorf("%+v", updated)
	}
	rotated := must[*RotatedWebhookEndpoint](t)(client.Webhooks.Rotate(ctx, endpoint.ID))
	if rotated.Secret == endpoint.Secret || rotated.PreviousSecretExpiresAt.Before(time.Now()) {
		t.Errorf("%+v", rotated)
	}
	if page := must[*Page[Delivery]](t)(client.Webhooks.Deliveries(ctx, endpoint.ID, nil)); len(page.Data) != 0 {
		t.Errorf("%+v", page.Data)
	}
	if err := client.Webhooks.Delete(ctx, endpoint.ID); err != nil {
		t.Error(err)
	}
	_, err := client.Webhooks.Get(ctx, endpoint.ID)
	var missing *NotFoundError
	if !errors.As(err, &missing) {
		t.Errorf("%v", err)
	}
}

func TestLiveAccount(t *testing.T) {
	client := liveClient(t)
	request := liveQuestion()
	if quote := must[*Quote](t)(client.Quotes.Create(ctx, &request)); quote.CostSats.Held < 500 {
		t.Errorf("%+v", quote)
	}
	if balance := must[*Balance](t)(client.Balance.Get(ctx)); balance.Mode != ModeTest {
		t.Errorf("%+v", balance)
	}
	if usage := must[*Usage](t)(client.Usage.Get(ctx, &UsageParams{Period: UsagePeriodDay})); usage.Object != "usage" || len(usage.Data) == 0 {
		t.Errorf("%+v", usage)
	}
	var names []string
	types := client.TaskTypes.ListAll(ctx, nil)
	for types.Next() {
		names = append(names, types.Current().Type)
	}
	if !strings.Contains(strings.Join(names, " "), "content_review") || types.Err() != nil {
		t.Errorf("%v, %v", names, types.Err())
	}
}

const askTag = "HUMANRAIL_TEST_ASK_TAG"

// askAgain asks a question whose simulated worker takes some seconds.
func askAgain(client *Client, tag string) (*Answer[refund], error) {
	return Ask[refund](ctx, client, "Approve this refund?",
		WithPayload(map[string]any{"order_id": tag}),
		WithMetadata(map[string]any{"tag": tag}),
		WithAnswerTimeout(livePatience),
		WithRequest(func(r *CreateTaskRequest) {
			r.Sandbox = &SandboxScript{Outcome: SandboxOutcomeVerified, Answer: map[string]any{"approved": true, "reason": "In the policy"}, DelaySeconds: Ptr(4.0)}
		}))
}

// TestMain makes this program, started with askTag, one that only asks: a test below kills it.
func TestMain(m *testing.M) {
	if tag := os.Getenv(askTag); tag != "" {
		client := NewClient(os.Getenv("HUMANRAIL_LIVE_API_KEY"), WithBaseURL(os.Getenv("HUMANRAIL_LIVE_BASE_URL")))
		_, err := askAgain(client, tag)
		fmt.Println("asked to the end", err)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestLiveAskSurvivesADeath(t *testing.T) {
	client := liveClient(t)
	tag := randomKey()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), askTag+"="+tag)
	stdout, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	printed := make(chan string, 1)
	go func() {
		var lines []string
		for scanner := bufio.NewScanner(stdout); scanner.Scan(); {
			lines = append(lines, scanner.Text())
		}
		printed <- strings.Join(lines, "\n")
	}()
	filter := &ListTasksParams{Metadata: map[string]string{"tag": tag}}
	var before []Task
	for deadline := time.Now().Add(livePatience); len(before) == 0 && time.Now().Before(deadline); {
		time.Sleep(100 * time.Millisecond)
		before = must[*Page[Task]](t)(client.Tasks.List(ctx, filter)).Data
	}
	_ = child.Process.Kill()
	words := <-printed
	_ = child.Wait()
	if len(before) != 1 || before[0].Status.IsTerminal() || strings.Contains(words, "asked to the end") {
		t.Fatalf("killed too late, or before it created its task: %+v\n%s", before, words)
	}
	answer := must[*Answer[refund]](t)(askAgain(client, tag))
	if answer.Task.ID != before[0].ID || answer.Value != (refund{true, "In the policy"}) {
		t.Errorf("%+v of task %s, not %s", answer.Value, answer.Task.ID, before[0].ID)
	}
	if after := must[*Page[Task]](t)(client.Tasks.List(ctx, filter)).Data; len(after) != 1 {
		t.Errorf("%d tasks", len(after))
	}
	again := must[*Answer[refund]](t)(askAgain(client, tag))
	if again.Task.ID != answer.Task.ID || again.Value != answer.Value {
		t.Errorf("asked once more: %+v", again)
	}
}
