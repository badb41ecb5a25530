package humanrail

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// l402Double is a server's two answers, and a wallet that pays.
func l402Double(t *testing.T) (cases l402Cases, challenge, created answer, wallet L402) {
	t.Helper()
	cases = conformanceCases[l402Cases](t, "l402")
	first := cases.Creates[0]
	wallet = L402{MaxSats: 105, Pay: func(context.Context, *L402Challenge) (string, error) { return cases.Preimage, nil }}
	return cases, l402Answer(t, first.Answers[0]), l402Answer(t, first.Answers[1]), wallet
}

func TestTwoCreatesAtOncePayEachForItself(t *testing.T) {
	cases, challenge, _, _ := l402Double(t)
	var tasks, payments atomic.Int32
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			challenge(w, r)
			return
		}
		reply(201, map[string]any{"id": fmt.Sprintf("task-%d", tasks.Add(1)), "status": "posted"})(w, r)
	})
	client := server.payingClient(L402{MaxSats: 105, Pay: func(context.Context, *L402Challenge) (string, error) {
		payments.Add(1)
		return cases.Preimage, nil
	}})
	var wait sync.WaitGroup
	for range 2 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			task, err := client.Tasks.Create(ctx, &CreateTaskRequest{Type: "t"})
			if err != nil || client.L402.TokenFor(task.ID) != cases.Token {
				t.Errorf("%v, %v", task, err)
			}
		}()
	}
	wait.Wait()
	if tasks.Load() != 2 || payments.Load() != 2 {
		t.Errorf("%d payments for %d tasks", payments.Load(), tasks.Load())
	}
}

func TestWhatWasAskedAboutIsSentAlsoWhereItIsChangedMeanwhile(t *testing.T) {
	cases, challenge, created, _ := l402Double(t)
	server := newServer(t, challenge, created)
	payload := map[string]any{"content": "as asked"}
	client := server.payingClient(L402{MaxSats: 105, Pay: func(context.Context, *L402Challenge) (string, error) {
		payload["content"] = "changed"
		return cases.Preimage, nil
	}})
	if _, err := client.Tasks.Create(ctx, &CreateTaskRequest{Type: "t", Payload: payload}); err != nil {
		t.Fatal(err)
	}
	if seen := server.seen(); !reflect.DeepEqual(seen[0].body, seen[1].body) {
		t.Errorf("%v", seen[1].body)
	}
}

func TestAPaymentIsProvenAlsoWhereTheCallerEndsTheCall(t *testing.T) {
	cases, challenge, created, _ := l402Double(t)
	server := newServer(t, challenge, created)
	own, cancel := context.WithCancel(ctx)
	client := server.payingClient(L402{MaxSats: 105, Pay: func(context.Context, *L402Challenge) (string, error) {
		cancel()
		return cases.Preimage, nil
	}})
	_, err := client.Tasks.Create(own, &CreateTaskRequest{Type: "t"})
	var paid *L402Error
	if !errors.As(err, &paid) || paid.Token() != cases.Token || !errors.Is(err, context.Canceled) {
		t.Errorf("%T: %v", err, err)
	}
}

func TestAFailureAfterPaymentKeepsItsType(t *testing.T) {
	_, challenge, _, wallet := l402Double(t)
	server := newServer(t, challenge, refusal(409, "The task costs more by now."))
	_, err := server.payingClient(wallet).Tasks.Create(ctx, &CreateTaskRequest{Type: "t"})
	var conflict *ConflictError
	if !errors.As(err, &conflict) {
		t.Errorf("%T: %v", err, err)
	}
}

func TestPayingByHand(t *testing.T) {
	cases, challenge, created, _ := l402Double(t)
	client := newServer(t, challenge, created).payingClient(L402{})
	_, err := client.Tasks.Create(ctx, &CreateTaskRequest{Type: "t"})
	var unpaid *L402Error
	if !errors.As(err, &unpaid) || unpaid.Challenge.Macaroon() != cases.Macaroon {
		t.Fatal(err)
	}
	token, err := unpaid.Challenge.Token(cases.Preimage)
	if err != nil || token != cases.Token {
		t.Fatal(err)
	}
	task, err := client.Tasks.Create(ctx, &CreateTaskRequest{Type: "t"}, WithL402Token(token))
	if err != nil || task.ID != cases.TaskID {
		t.Error(task, err)
	}
}

func TestAQuestionAskedAgainWithItsTokenFindsItsTask(t *testing.T) {
	cases, challenge, _, wallet := l402Double(t)
	verified := taskAnswer(cases.TaskID, TaskStatusVerified, map[string]any{"answer": "yes"})
	client := newServer(t, challenge, verified).payingClient(wallet)
	answer, err := Ask[string](ctx, client, "Is it?")
	if err != nil || answer.Value != "yes" {
		t.Fatal(answer, err)
	}
	token := client.L402.TokenFor(answer.Task.ID)
	server := newServer(t, taskAnswer(cases.TaskID, TaskStatusPosted, nil), verified)
	again, err := Ask[string](ctx, server.payingClient(L402{}), "Is it?", WithCallOptions(WithL402Token(token)))
	if err != nil || again.Task.ID != answer.Task.ID {
		t.Fatal(again, err)
	}
	for _, request := range server.seen() {
		if request.header.Get("Authorization") != cases.Authorization {
			t.Errorf("%s %s", request.method, request.path)
		}
	}
}

func TestAStreamOfAPaidTask(t *testing.T) {
	cases, _, _, _ := l402Double(t)
	stream := func(sequence int, status string) answer {
		text := fmt.Sprintf("id: %d\ndata: {\"sequence\":%d,\"type\":\"task.%s\",\"status\":%q}\n\n", sequence, sequence, status, status)
		return reply(200, text, "Content-Type", "text/event-stream")
	}
	server := newServer(t, stream(1, "posted"), reply(200, `{"data":[{"sequence":1,"status":"posted"}]}`), stream(2, "expired"))
	client := server.payingClient(L402{})
	_ = client.L402.UseToken(cases.TaskID, cases.Token)
	events, count := client.Tasks.StreamEvents(ctx, cases.TaskID, nil), 0
	for events.Next() {
		count++
	}
	if events.Err() != nil || count != 2 {
		t.Errorf("%d events, %v", count, events.Err())
	}
	for _, request := range server.seen() {
		if request.header.Get("Authorization") != cases.Authorization {
			t.Errorf("%s %s", request.method, request.path)
		}
	}
}

func TestAClientHasAKeyOrPays(t *testing.T) {
	t.Setenv("HUMANRAIL_API_KEY", "ek_live_env")
	cases, challenge, created, wallet := l402Double(t)
	server := newServer(t, challenge, created)
	base := WithBaseURL(server.URL)
	for name, one := range map[string]struct {
		client *Client
		says   string
	}{
		"a key besides":     {NewClient("ek_test_x", base, WithL402(wallet)), "not both"},
		"no limit":          {NewClient("", base, WithL402(L402{Pay: wallet.Pay})), "MaxSats"},
		"a limit below 0":   {NewClient("", base, WithL402(L402{MaxSats: -1})), "MaxSats"},
		"a token and a key": {NewClient("ek_test_x", base, WithL402Token(cases.Token)), "pays by its API key"},
	} {
		_, err := one.client.Tasks.Create(ctx, &CreateTaskRequest{Type: "t"})
		var fault *ConfigurationError
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), one.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(server.seen()) != 0 {
		t.Error("something was sent")
	}
	// The key of the environment is not taken.
	if _, err := server.payingClient(wallet).Tasks.Create(ctx, &CreateTaskRequest{Type: "t"}); err != nil || server.seen()[0].header.Get("Authorization") != "" {
		t.Error(err)
	}
	if err := server.payingClient(wallet).L402.UseToken(cases.TaskID, "secret"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}
