package humanrail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"
)

type l402Cases struct {
	Preimage, Macaroon, Token, Authorization string
	TaskID                                   string `json:"task_id"`
	Params                                   json.RawMessage
	Invoices                                 []struct {
		Invoice   string
		Millisats *float64
	}
	Creates []struct {
		Name           string
		MaxSats        int  `json:"max_sats"`
		MaxRetries     *int `json:"max_retries"`
		Token, Pay     *string
		Answers        []json.RawMessage
		Payments       int
		Authorizations []*string
		LeastWait      float64 `json:"least_wait_seconds"`
		Error          *struct {
			Class           string
			Status          int
			Code, Says      string
			Paid, Challenge bool
		}
	}
	Calls   []requestCase
	Refused []struct{ Call, ID, Says string }
}

func l402Answer(t *testing.T, text json.RawMessage) answer {
	t.Helper()
	if string(text) == `"reset"` {
		return reset
	}
	var one struct {
		Status  int
		Headers map[string]string
		Body    any
	}
	if err := json.Unmarshal(text, &one); err != nil {
		t.Fatal(err)
	}
	var headers []string
	for name, value := range one.Headers {
		headers = append(headers, name, value)
	}
	return reply(one.Status, one.Body, headers...)
}

// payingClient calls the server without a key. Each request has a connection of its own: net/http repeats
// by itself what was lost on one that was used before, which would be counted here.
func (s *apiServer) payingClient(l402 L402, options ...Option) *Client {
	once := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	all := append([]Option{WithBaseURL(s.URL + "/v1"), withClock(newFakeClock()), WithHTTPClient(once), WithL402(l402)}, options...)
	return NewClient("", all...)
}

// showsSecret is true where a text has the preimage or the macaroon in it.
func (c *l402Cases) showsSecret(texts ...string) bool {
	all := strings.ToLower(strings.Join(texts, " "))
	return strings.Contains(all, c.Preimage) || strings.Contains(all, strings.ToLower(c.Macaroon))
}

func TestInvoices(t *testing.T) {
	for _, one := range conformanceCases[l402Cases](t, "l402").Invoices {
		tenths, isNamed := invoiceTenths(one.Invoice)
		if isNamed != (one.Millisats != nil) || isNamed && float64(tenths) != *one.Millisats*10 {
			t.Errorf("%q asks for %d tenths of a millisat (%v)", one.Invoice, tenths, isNamed)
		}
	}
}

func TestCreatesThatArePaidFor(t *testing.T) {
	cases := conformanceCases[l402Cases](t, "l402")
	var body any
	if err := json.Unmarshal(cases.Params, &body); err != nil {
		t.Fatal(err)
	}
	for _, one := range cases.Creates {
		t.Run(one.Name, func(t *testing.T) {
			var answers []answer
			for _, text := range one.Answers {
				answers = append(answers, l402Answer(t, text))
			}
			server, clock := newServer(t, answers...), newFakeClock()
			options := []Option{withClock(clock)}
			if one.MaxRetries != nil {
				options = append(options, WithMaxRetries(*one.MaxRetries))
			}
			var paid []*L402Challenge
			client := server.payingClient(L402{MaxSats: one.MaxSats, Pay: func(_ context.Context, challenge *L402Challenge) (string, error) {
				paid = append(paid, challenge)
				if one.Pay == nil {
					return "", errors.New("no route")
				}
				return *one.Pay, nil
			}}, options...)
			var given []Option
			if one.Token != nil {
				given = []Option{WithL402Token(*one.Token)}
			}
			task, err := client.Tasks.Create(ctx, createRequest(t, cases.Params), given...)
			if want := one.Error; want == nil {
				if err != nil || task.ID != cases.TaskID || client.L402.TokenFor(task.ID) != cases.Token {
					t.Fatalf("%+v, %v", task, err)
				}
			} else {
				var e *Error
				if className(err) != want.Class || !errors.As(err, &e) {
					t.Fatalf("%T: %v, not %s", err, err, want.Class)
				}
				if e.Status != want.Status || e.Code != want.Code || !strings.Contains(e.Message, want.Says) {
					t.Errorf("%+v", *e)
				}
				var ours *L402Error
				token, hasChallenge := "", false
				if errors.As(err, &ours) {
					token, hasChallenge = ours.Token(), ours.Challenge != nil
				}
				if (token == cases.Token) != want.Paid || (token == "") == want.Paid || hasChallenge != want.Challenge {
					t.Errorf("paid: %v, challenge: %v", token != "", hasChallenge)
				}
				if cases.showsSecret(fmt.Sprintf("%v %+v %#v %+v %#v", err, err, err, *e, *e)) {
					t.Error("the error shows a secret")
				}
			}
			printed := fmt.Sprintf("%+v %#v %+v %#v %+v", client, *client, client.L402, *client.transport, *client.transport)
			for _, challenge := range paid {
				printed += fmt.Sprintf("%+v %#v", challenge, *challenge)
				if challenge.AmountSats != 105 || challenge.PayoutSats != 100 || challenge.FeeSats != 5 {
					t.Errorf("asked to pay %+v", challenge)
				}
			}
			if cases.showsSecret(printed) {
				t.Error("what is printed shows a secret")
			}
			checkPaidRequests(t, server.seen(), one.Authorizations, body)
			var slept time.Duration
			for _, each := range clock.sleeps {
				slept = max(slept, each)
			}
			if len(paid) != one.Payments || slept.Seconds() < one.LeastWait {
				t.Errorf("%d payments, waited %s", len(paid), slept)
			}
		})
	}
}

func checkPaidRequests(t *testing.T, seen []seenRequest, authorizations []*string, body any) {
	t.Helper()
	if len(seen) != len(authorizations) {
		t.Fatalf("%d requests, not %d", len(seen), len(authorizations))
	}
	for i, request := range seen {
		want := ""
		if authorizations[i] != nil {
			want = *authorizations[i]
		}
		if got := request.header.Get("Authorization"); got != want {
			t.Errorf("request %d has the authorization %q", i, got)
		}
		if request.method != http.MethodPost || request.path != "/v1/tasks" || !reflect.DeepEqual(request.body, body) {
			t.Errorf("request %d: %s %s %v", i, request.method, request.path, request.body)
		}
		if key := request.header.Get("Idempotency-Key"); key == "" || key != seen[0].header.Get("Idempotency-Key") {
			t.Errorf("request %d has the key %q", i, key)
		}
	}
}

func TestCallsWithTheTokenOfATask(t *testing.T) {
	cases := conformanceCases[l402Cases](t, "l402")
	ours := map[string]func(c *Client, id string) (any, error){
		"l402.purchase":          func(c *Client, id string) (any, error) { return c.L402.Purchase(ctx, id) },
		"l402.purchase_by_token": func(c *Client, id string) (any, error) { return c.L402.PurchaseByToken(ctx, id) },
	}
	for _, one := range cases.Calls {
		t.Run(one.Call+" "+one.Name, func(t *testing.T) {
			server := newServer(t, reply(one.Response.Status, string(one.Response.Body)))
			client := server.payingClient(L402{})
			if err := client.L402.UseToken(cases.TaskID, cases.Token); err != nil {
				t.Fatal(err)
			}
			var result any
			var err error
			if call, found := ours[one.Call]; found {
				result, err = call(client, one.ID)
			} else {
				result, err = calls[one.Call](t, client, one)
			}
			if err != nil {
				t.Fatal(err)
			}
			seen := server.seen()
			if len(seen) != 1 || seen[0].method != one.Request.Method || seen[0].path != one.Request.Path || seen[0].body != nil {
				t.Fatalf("%+v", seen)
			}
			for name, value := range one.Request.Query {
				if seen[0].query.Get(name) != value {
					t.Errorf("%s is %s", name, seen[0].query.Get(name))
				}
			}
			if got := seen[0].header.Get("Authorization"); got != cases.Authorization {
				t.Errorf("the authorization is %q", got)
			}
			if fault := lacking("result", oneSpelling(one.Result), plain(t, result)); fault != "" {
				t.Error(fault)
			}
		})
	}
}

func TestCallsThatNoTokenOpens(t *testing.T) {
	cases := conformanceCases[l402Cases](t, "l402")
	for _, one := range cases.Refused {
		server := newServer(t, reply(200, "{}"))
		client := server.payingClient(L402{})
		_ = client.L402.UseToken(cases.TaskID, cases.Token)
		var err error
		switch one.Call {
		case "l402.purchase":
			_, err = client.L402.Purchase(ctx, one.ID)
		case "l402.purchase_by_token":
			_, err = client.L402.PurchaseByToken(ctx, one.ID)
		default:
			_, err = calls[one.Call](t, client, requestCase{Call: one.Call, ID: one.ID})
		}
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Message, one.Says) || len(server.seen()) != 0 {
			t.Errorf("%s: %v", one.Call, err)
		}
	}
}
