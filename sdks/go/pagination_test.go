package humanrail

import (
	"errors"
	"reflect"
	"testing"
)

func page(next string, ids ...string) answer {
	data := []map[string]string{}
	for _, id := range ids {
		data = append(data, map[string]string{"id": id})
	}
	if next == "" {
		return reply(200, map[string]any{"data": data, "has_more": false, "next_cursor": nil})
	}
	return reply(200, map[string]any{"data": data, "has_more": true, "next_cursor": next})
}

func TestListAllGoesThroughAllPages(t *testing.T) {
	server := newServer(t, page("c1", "1", "2"), page("c2"), page("c3", "3"), page(""))
	tasks := server.client().Tasks.ListAll(ctx, &ListTasksParams{Status: TaskStatusVerified})
	var ids []string
	for tasks.Next() {
		ids = append(ids, tasks.Current().ID)
	}
	if err := tasks.Err(); err != nil || !reflect.DeepEqual(ids, []string{"1", "2", "3"}) || tasks.Next() {
		t.Fatal(ids, err)
	}
	var cursors []string
	for _, request := range server.seen() {
		cursors = append(cursors, request.query.Get("status")+" "+request.query.Get("after"))
	}
	if want := []string{"verified ", "verified c1", "verified c2", "verified c3"}; !reflect.DeepEqual(cursors, want) {
		t.Errorf("%q", cursors)
	}
}

func TestAPageIsReadWhenItIsNeeded(t *testing.T) {
	server := newServer(t, page("c1", "1", "2"), page("", "3"))
	var ids []string
	server.client().Tasks.ListAll(ctx, nil).All()(func(task Task, err error) bool {
		ids = append(ids, task.ID)
		return err == nil && task.ID != "2"
	})
	if len(ids) != 2 || len(server.seen()) != 1 {
		t.Errorf("%v after %d requests", ids, len(server.seen()))
	}
}

func TestAFailureEndsTheIteration(t *testing.T) {
	server := newServer(t, page("c1", "1"), refusal(404, "No."))
	var got []error
	server.client().Webhooks.DeliveriesAll(ctx, "1", nil).All()(func(_ Delivery, err error) bool {
		got = append(got, err)
		return true
	})
	var missing *NotFoundError
	if len(got) != 2 || got[0] != nil || !errors.As(got[1], &missing) {
		t.Errorf("%v", got)
	}
}

func TestAPageLeadsToTheNext(t *testing.T) {
	server := newServer(t, page("c1", "1"), page("", "2"))
	first, err := server.client().TaskTypes.List(ctx, &ListParams{Limit: 1})
	if err != nil || !first.HasMore || *first.NextCursor != "c1" {
		t.Fatal(first, err)
	}
	second, err := first.NextPage(ctx)
	if err != nil || second.HasMore || len(second.Data) != 1 {
		t.Fatal(second, err)
	}
	if third, err := second.NextPage(ctx); third != nil || err != nil {
		t.Error(third, err)
	}
	if got := server.seen()[1].query.Encode(); got != "after=c1&limit=1" {
		t.Error(got)
	}
}
