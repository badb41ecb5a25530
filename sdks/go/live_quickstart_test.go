package humanrail

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

// TestLiveQuickstart runs the quickstart's three parts as they stand against a running app, which
// delivers what becomes of the task to the quickstart's handler.
func TestLiveQuickstart(t *testing.T) {
	client := liveClient(t)
	q := readQuickstart(t)
	environment := []string{"HUMANRAIL_API_KEY=" + os.Getenv("HUMANRAIL_LIVE_API_KEY"), "HUMANRAIL_BASE_URL=" + os.Getenv("HUMANRAIL_LIVE_BASE_URL")}
	// The handler's program takes its secret when it starts, so the endpoint is there before its address.
	endpoint := must[*WebhookEndpointWithSecret](t)(client.Webhooks.Create(ctx, &CreateWebhookRequest{
		URL:    "https://example.com/hook",
		Events: []WebhookEventType{WebhookEventTypeTaskVerified, WebhookEventTypeTaskCompleted},
	}))
	t.Cleanup(func() { _ = client.Webhooks.Delete(ctx, endpoint.ID) })
	address, handled := q.serve(t, endpoint.Secret)
	must[*WebhookEndpoint](t)(client.Webhooks.Update(ctx, endpoint.ID, &UpdateWebhookRequest{URL: address}))

	id, found := strings.CutPrefix(strings.TrimSpace(run(t, build(t, q.program), environment...)), "Task created: ")
	if !found {
		t.Fatalf("it printed %q", id)
	}
	polled := run(t, build(t, q.around(id)), environment...)
	task := must[*Task](t)(client.Tasks.Get(ctx, id))
	result := fmt.Sprintln("Result:", task.Output)
	if polled != result || task.Status != TaskStatusVerified {
		t.Errorf("polling printed %q of a task that is %s", polled, task.Status)
	}

	// The handler answers 401 to what is not signed with its secret.
	want := map[string][]int{"task.verified": {200}, "task.completed": {200}}
	var got map[string][]int
	for deadline := time.Now().Add(livePatience); !reflect.DeepEqual(got, want); time.Sleep(200 * time.Millisecond) {
		got = answersOf(t, client, endpoint.ID, id)
		if time.Now().After(deadline) {
			t.Fatalf("the handler answered %v", got)
		}
	}
	// Other tasks have their events too, so the line may not be the first one.
	for line := ""; line != result; {
		var err error
		if line, err = handled.ReadString('\n'); err != nil {
			t.Fatalf("the handler did not print %q: %v", result, err)
		}
	}
}

// answersOf tells how an endpoint answered each event of a task: its type, and the statuses of the tries.
func answersOf(t *testing.T, client *Client, endpointID, taskID string) map[string][]int {
	t.Helper()
	answers := map[string][]int{}
	page := must[*Page[Delivery]](t)(client.Webhooks.Deliveries(ctx, endpointID, &ListDeliveriesParams{Limit: 100}))
	for _, delivery := range page.Data {
		if delivery.TaskID == nil || *delivery.TaskID != taskID {
			continue
		}
		for _, attempt := range delivery.Attempts {
			if attempt.StatusCode != nil {
				answers[delivery.EventType] = append(answers[delivery.EventType], *attempt.StatusCode)
			}
		}
	}
	return answers
}
