# client
export HUMANRAIL_BASE_URL="http://localhost:3000/v1"

# webhooks.create
ENDPOINT_ID=$(curl -sf "$HUMANRAIL_BASE_URL/webhooks" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY" -H 'Content-Type: application/json' \
  -d '{"url": "https://example.com/webhooks/humanrail",
       "events": ["task.verified", "task.failed", "task.expired"]}' | jq -r .id)

# webhooks.list
curl -sf "$HUMANRAIL_BASE_URL/webhooks?limit=10" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# webhooks.get
curl -sf "$HUMANRAIL_BASE_URL/webhooks/$ENDPOINT_ID" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# webhooks.update
curl -sf -X PATCH "$HUMANRAIL_BASE_URL/webhooks/$ENDPOINT_ID" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY" -H 'Content-Type: application/json' \
  -d '{"description": "Reviews"}'

# webhooks.rotate
curl -sf -X POST "$HUMANRAIL_BASE_URL/webhooks/$ENDPOINT_ID/rotate" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# webhooks.test
DELIVERY_ID=$(curl -sf -X POST "$HUMANRAIL_BASE_URL/webhooks/$ENDPOINT_ID/test" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY" | jq -r .delivery_id)

# webhooks.list_deliveries
curl -sf "$HUMANRAIL_BASE_URL/webhooks/$ENDPOINT_ID/deliveries?limit=10" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# webhooks.replay
curl -sf "$HUMANRAIL_BASE_URL/webhooks/$ENDPOINT_ID/replay" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY" -H 'Content-Type: application/json' \
  -d '{"since": "2026-01-31T00:00:00Z"}'

# deliveries.replay
curl -sf -X POST "$HUMANRAIL_BASE_URL/deliveries/$DELIVERY_ID/replay" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# webhooks.delete
curl -sf -X DELETE "$HUMANRAIL_BASE_URL/webhooks/$ENDPOINT_ID" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# webhooks.get_callback_secret
curl -sf "$HUMANRAIL_BASE_URL/webhooks/callback_secret" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# webhooks.rotate_callback_secret
curl -sf -X POST "$HUMANRAIL_BASE_URL/webhooks/callback_secret/rotate" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY"
