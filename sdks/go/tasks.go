package humanrail

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// TaskService creates and reads tasks.
type TaskService struct{ transport *transport }

// WaitSecondsMax is the API's maximum long-poll duration.
const WaitSecondsMax = 60

// Create creates a task.
func (s *TaskService) Create(ctx context.Context, request *CreateTaskRequest, options ...Option) (*Task, error) {
	if request == nil {
		return nil, &Error{Message: "Create takes a CreateTaskRequest with a Type and a Payload, not nil."}
	}
	if key := request.IdempotencyKey; headerText.MatchString(key) {
		// Also sent in the header if it is header-safe; the body's field is the same.
		options = append([]Option{WithIdempotencyKey(key)}, options...)
	}
	return s.transport.create(ctx, call{method: http.MethodPost, path: "/tasks", body: request, options: options})
}

// CreateBatch creates up to 1,000 tasks; one result per item, in order. An invalid item does not affect the others.
func (s *TaskService) CreateBatch(ctx context.Context, requests []CreateTaskRequest, options ...Option) ([]BatchResult, error) {
	body := map[string]any{"tasks": requests}
	batch, err := post[TaskBatch](ctx, s.transport, "/tasks/batch", body, options)
	if err != nil {
		return nil, err
	}
	return batch.Data, nil
}

// Get reads a task.
func (s *TaskService) Get(ctx context.Context, id string, options ...Option) (*Task, error) {
	return s.get(ctx, id, 0, options)
}

// GetWaiting long-polls a task: the API responds once the task has ended or the time, at most a
// minute, has passed.
func (s *TaskService) GetWaiting(ctx context.Context, id string, wait time.Duration, options ...Option) (*Task, error) {
	seconds := int((wait + time.Second - 1) / time.Second)
	return s.get(ctx, id, min(max(seconds, 1), WaitSecondsMax), options)
}

func (s *TaskService) get(ctx context.Context, id string, waitSeconds int, options []Option) (*Task, error) {
	path, err := taskPath(id, "")
	if err != nil {
		return nil, err
	}
	query := url.Values{}
	setInt(query, "wait", waitSeconds)
	task := &Task{}
	err = s.transport.do(ctx, call{
		method:   http.MethodGet,
		path:     path,
		query:    query,
		patience: time.Duration(waitSeconds) * time.Second,
		options:  options,
	}, task)
	return orNil(task, err)
}

// ListTasksParams narrow a list of tasks; all of it must hold.
type ListTasksParams struct {
	Status TaskStatus
	Type   string
	// Items per page, 1 to 100; default 20.
	Limit int
	// The previous page's NextCursor.
	After string
	// Themselves excluded.
	CreatedAfter, CreatedBefore time.Time
	// Only tasks with all of these.
	Metadata map[string]string
}

func (p *ListTasksParams) query() url.Values {
	query := url.Values{}
	if p == nil {
		return query
	}
	setText(query, "status", string(p.Status))
	setText(query, "type", p.Type)
	setInt(query, "limit", p.Limit)
	setText(query, "after", p.After)
	setTime(query, "created_after", p.CreatedAfter)
	setTime(query, "created_before", p.CreatedBefore)
	for key, value := range p.Metadata {
		query.Set("metadata["+key+"]", value)
	}
	return query
}

// List reads a page of tasks, newest first. nil means no filter.
func (s *TaskService) List(ctx context.Context, params *ListTasksParams, options ...Option) (*Page[Task], error) {
	return list[Task](ctx, s.transport, "/tasks", params.query(), options)
}

// ListAll iterates over all tasks, newest first, reading pages as they are needed.
func (s *TaskService) ListAll(ctx context.Context, params *ListTasksParams, options ...Option) *Pager[Task] {
	return newPager(ctx, func(ctx context.Context) (*Page[Task], error) {
		return s.List(ctx, params, options...)
	})
}

// Cancel cancels a task if nobody has submitted an answer yet; a [*ConflictError] afterwards.
func (s *TaskService) Cancel(ctx context.Context, id string, options ...Option) (*Task, error) {
	path, err := taskPath(id, "/cancel")
	if err != nil {
		return nil, err
	}
	return post[Task](ctx, s.transport, path, nil, options)
}

// Events reads the task's timeline so far, oldest first.
func (s *TaskService) Events(ctx context.Context, id string, options ...Option) ([]TaskEvent, error) {
	path, err := taskPath(id, "/events")
	if err != nil {
		return nil, err
	}
	all, err := get[timeline](ctx, s.transport, path, nil, options)
	if err != nil {
		return nil, err
	}
	return all.Data, nil
}

type timeline struct {
	Data []TaskEvent `json:"data"`
}

// SignedReceipt is a receipt, and its text: the signature covers it without its signature field, as
// canonical JSON (RFC 8785).
type SignedReceipt struct {
	Receipt
	// Exactly as it came.
	JSON json.RawMessage `json:"-"`
}

// UnmarshalJSON keeps the text.
func (r *SignedReceipt) UnmarshalJSON(text []byte) error {
	r.JSON = append(json.RawMessage(nil), text...)
	return json.Unmarshal(text, &r.Receipt)
}

// Receipt reads the signed proof of a task that has ended.
func (s *TaskService) Receipt(ctx context.Context, id string, options ...Option) (*SignedReceipt, error) {
	path, err := taskPath(id, "/receipt")
	if err != nil {
		return nil, err
	}
	return get[SignedReceipt](ctx, s.transport, path, nil, options)
}

func taskPath(id, rest string) (string, error) {
	part, err := segment(id)
	return "/tasks/" + part + rest, err
}

// IsTerminal is true for verified, failed, cancelled and expired, the final statuses.
func (s TaskStatus) IsTerminal() bool {
	switch s {
	case TaskStatusVerified, TaskStatusFailed, TaskStatusCancelled, TaskStatusExpired:
		return true
	}
	return false
}

// DecodeOutput reads the output of a verified task into a value of your own, as [json.Unmarshal] does.
func (t *Task) DecodeOutput(into any) error {
	if t.Status != TaskStatusVerified {
		return &Error{Message: fmt.Sprintf("Task %s is %s; only a verified one has an output.", t.ID, t.Status)}
	}
	text, err := marshal(t.Output)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return &Error{Message: fmt.Sprintf("The output of task %s does not fit %T: %s.", t.ID, into, err), cause: err}
	}
	return nil
}

// isOver is true for the event after which nothing comes. What is verified still gets its payouts,
// which task.completed ends.
func (e *TaskEvent) isOver() bool {
	if e.Status == TaskStatusVerified {
		return e.Type == "task.completed"
	}
	return e.Status.IsTerminal()
}

func (e *TaskEvent) cursor() string { return strconv.Itoa(e.Sequence) }
