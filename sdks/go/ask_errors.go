package humanrail

import "fmt"

// TaskFailedError: no answer was accepted. Task.FailureReason says why.
type TaskFailedError struct {
	*base
	Task *Task
}

// TaskExpiredError: nobody answered in time.
type TaskExpiredError struct {
	*base
	Task *Task
}

// TaskCancelledError: the task was cancelled.
type TaskCancelledError struct {
	*base
	Task *Task
}

// TaskTimeoutError: there was no answer within the timeout. The task continues: asking the same
// question again finds it, or use Tasks.WaitForCompletion with its ID.
type TaskTimeoutError struct {
	*base
	Task *Task
}

// AnswerMismatchError: the task is verified, but its output does not match the requested type.
type AnswerMismatchError struct {
	*base
	Task *Task
}

// ApprovalDeniedError: a person did not allow the call, so it was not made.
type ApprovalDeniedError struct {
	*base
	// The name passed to RequireApproval.
	Tool string
	// What the person said; empty if nothing.
	Reason string
	Task   *Task
}

func (e *TaskFailedError) Unwrap() error     { return e.base }
func (e *TaskExpiredError) Unwrap() error    { return e.base }
func (e *TaskCancelledError) Unwrap() error  { return e.base }
func (e *TaskTimeoutError) Unwrap() error    { return e.base }
func (e *AnswerMismatchError) Unwrap() error { return e.base }
func (e *ApprovalDeniedError) Unwrap() error { return e.base }

// Timeout is true, as of other errors of time.
func (e *TaskTimeoutError) Timeout() bool { return true }

// endError is the error of a task that has ended without an answer; nil of one that is verified.
func endError(task *Task) error {
	e := &Error{Message: fmt.Sprintf("Task %s %s.", task.ID, endWords[task.Status])}
	if reason := task.FailureReason; reason != nil {
		e.Code = reason.Code
		e.Message = fmt.Sprintf("Task %s %s: %s", task.ID, endWords[task.Status], reason.Message)
	}
	switch task.Status {
	case TaskStatusFailed:
		return &TaskFailedError{e, task}
	case TaskStatusExpired:
		return &TaskExpiredError{e, task}
	case TaskStatusCancelled:
		return &TaskCancelledError{e, task}
	}
	return nil
}

var endWords = map[TaskStatus]string{
	TaskStatusFailed:    "failed",
	TaskStatusExpired:   "expired",
	TaskStatusCancelled: "was cancelled",
}
