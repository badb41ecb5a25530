package humanrail

import (
	"context"
	"net/http"
	"net/url"
)

// get, post and their like make a call and give its answer as a T.

func get[T any](ctx context.Context, t *transport, path string, query url.Values, options []Option) (*T, error) {
	result := new(T)
	return orNil(result, t.do(ctx, call{method: http.MethodGet, path: path, query: query, options: options}, result))
}

func post[T any](ctx context.Context, t *transport, path string, body any, options []Option) (*T, error) {
	result := new(T)
	return orNil(result, t.do(ctx, call{method: http.MethodPost, path: path, body: body, options: options}, result))
}

func orNil[T any](result *T, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	return result, nil
}
