package humanrail

import (
	"context"
	"net/http"
	"net/url"
)

// Page is one page of a list, newest first.
type Page[T any] struct {
	Data    []T  `json:"data"`
	HasMore bool `json:"has_more"`
	// Pass it as After for the next page; nil on the last one.
	NextCursor *string `json:"next_cursor"`

	next func(ctx context.Context, after string) (*Page[T], error)
}

// NextPage reads the page after this one; nil on the last.
func (p *Page[T]) NextPage(ctx context.Context) (*Page[T], error) {
	if !p.HasMore || p.NextCursor == nil {
		return nil, nil
	}
	return p.next(ctx, *p.NextCursor)
}

// ListParams bound a page.
type ListParams struct {
	// Items per page, 1 to 100; default 20.
	Limit int
	// The previous page's NextCursor.
	After string
}

func (p *ListParams) query() url.Values {
	query := url.Values{}
	if p == nil {
		return query
	}
	setInt(query, "limit", p.Limit)
	setText(query, "after", p.After)
	return query
}

// list reads a page at `path`; the filters apply to every page after it.
func list[T any](ctx context.Context, t *transport, path string, query url.Values, options []Option) (*Page[T], error) {
	page := &Page[T]{}
	if err := t.do(ctx, call{method: http.MethodGet, path: path, query: query, options: options}, page); err != nil {
		return nil, err
	}
	page.next = func(ctx context.Context, after string) (*Page[T], error) {
		following := url.Values{}
		for name, values := range query {
			following[name] = values
		}
		following.Set("after", after)
		return list[T](ctx, t, path, following, options)
	}
	return page, nil
}

// Pager iterates over all items of a list, and reads the next page when it is needed:
//
//	tasks := client.Tasks.ListAll(ctx, nil)
//	for tasks.Next() {
//		fmt.Println(tasks.Current().ID)
//	}
//	if err := tasks.Err(); err != nil { … }
//
// With Go 1.23, `for task, err := range client.Tasks.ListAll(ctx, nil).All()` does the same.
type Pager[T any] struct {
	ctx   context.Context
	first func(ctx context.Context) (*Page[T], error)
	page  *Page[T]
	index int
	done  bool
	err   error
}

func newPager[T any](ctx context.Context, first func(ctx context.Context) (*Page[T], error)) *Pager[T] {
	return &Pager[T]{ctx: ctx, first: first, index: -1}
}

// Next goes to the next item. False at the end, or if a page could not be read: see Err.
func (p *Pager[T]) Next() bool {
	if p.done {
		return false
	}
	p.index++
	for p.page == nil || p.index >= len(p.page.Data) {
		if p.err = p.turn(); p.err != nil || p.page == nil {
			p.done = true
			return false
		}
		p.index = 0
	}
	return true
}

func (p *Pager[T]) turn() (err error) {
	if p.page == nil {
		p.page, err = p.first(p.ctx)
		return err
	}
	p.page, err = p.page.NextPage(p.ctx)
	return err
}

// Current is the item that Next went to.
func (p *Pager[T]) Current() T {
	if p.page == nil || p.index < 0 || p.index >= len(p.page.Data) {
		var none T
		return none
	}
	return p.page.Data[p.index]
}

// Err is what ended the iteration early; nil if it came to its end.
func (p *Pager[T]) Err() error { return p.err }

// All gives the items for range-over-func (Go 1.23), with the error that ended it early last.
func (p *Pager[T]) All() func(yield func(T, error) bool) {
	return all(p)
}

type iterator[T any] interface {
	Next() bool
	Current() T
	Err() error
}

func all[T any](items iterator[T]) func(yield func(T, error) bool) {
	return func(yield func(T, error) bool) {
		for items.Next() {
			if !yield(items.Current(), nil) {
				return
			}
		}
		if err := items.Err(); err != nil {
			var none T
			yield(none, err)
		}
	}
}
