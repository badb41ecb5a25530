# client
export HUMANRAIL_BASE_URL="http://localhost:3000/v1"

# tasks.create
TASK_ID=$(curl -sf "$HUMANRAIL_BASE_URL/tasks" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY" -H 'Content-Type: application/json' \
  -d '{"type": "content_review",
       "payload": {"text": "Is this review genuine?", "content": "Great product, 5 stars!"},
       "output_schema": {"type": "object", "required": ["verdict"], "properties": {
         "verdict": {"type": "string", "enum": ["genuine", "ai_generated", "uncertain"]},
         "notes": {"type": "string"}}},
       "payout_sats": 500, "sla_seconds": 300, "skills_required": ["content_review"]}' | jq -r .id)

# tasks.get
curl -sf "$HUMANRAIL_BASE_URL/tasks/$TASK_ID?wait=60" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# tasks.list
curl -sf "$HUMANRAIL_BASE_URL/tasks?status=verified&type=content_review&limit=10" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# tasks.create_batch
curl -sf "$HUMANRAIL_BASE_URL/tasks/batch" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY" -H 'Content-Type: application/json' \
  -d '{"tasks": [
       {"type": "content_review", "payload": {"content": "Arrived on time."}, "payout_sats": 300},
       {"type": "content_review", "payload": {"content": "BUY NOW!!!"}, "payout_sats": 300}]}'

# tasks.cancel
SLOW_ID=$(curl -sf "$HUMANRAIL_BASE_URL/tasks" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY" -H 'Content-Type: application/json' \
  -d '{"type": "content_review", "payload": {"content": "Great product, 5 stars!"},
       "payout_sats": 300, "sandbox": {"delay_seconds": 300}}' | jq -r .id)
curl -sf -X POST "$HUMANRAIL_BASE_URL/tasks/$SLOW_ID/cancel" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# tasks.events
curl -sf "$HUMANRAIL_BASE_URL/tasks/$SLOW_ID/events" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# tasks.receipt
curl -sf "$HUMANRAIL_BASE_URL/tasks/$SLOW_ID/receipt" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# quotes.create
curl -sf "$HUMANRAIL_BASE_URL/quotes" \
  -H "Authorization: Bearer $HUMANRAIL_API_KEY" -H 'Content-Type: application/json' \
  -d '{"type": "content_review", "payload": {"content": "Great product, 5 stars!"}, "payout_sats": 500}'
