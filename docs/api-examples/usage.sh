# client
export HUMANRAIL_BASE_URL="http://localhost:3000/v1"

# usage.get
curl -sf "$HUMANRAIL_BASE_URL/usage?period=week" -H "Authorization: Bearer $HUMANRAIL_API_KEY"

# balance.get
curl -sf "$HUMANRAIL_BASE_URL/balance" -H "Authorization: Bearer $HUMANRAIL_API_KEY"
