import type { Language } from '@/components/ui/code/use-language';
import { bearer } from './client';
import { shellDoubleQuoted } from './literals';

/**
 * A server that accepts events after it has checked their signature, by the secret in
 * `HUMANRAIL_WEBHOOK_SECRET`. curl receives nothing, so with it: the endpoint that does is added.
 * @param publicUrl this instance, without a trailing slash.
 */
export function receiveEvents(language: Language, publicUrl: string): string {
  return language === 'curl' ? addEndpoint(publicUrl) : SERVERS[language];
}

const addEndpoint = (publicUrl: string) => `# The answer has the secret, which is shown once.
curl -s ${shellDoubleQuoted(`${publicUrl}/v1/webhooks`)} \\
  ${bearer({ key: null, publicUrl })} \\
  -H "Content-Type: application/json" \\
  -d '{"url": "https://example.com/webhooks/humanrail"}'`;

const SERVERS: Record<Exclude<Language, 'curl'>, string> = {
  python: `# pip install humanrail "fastapi[standard]", then: fastapi run receive.py
import os

from fastapi import FastAPI, HTTPException, Request
from humanrail import verify_webhook_signature

app = FastAPI()


@app.post("/webhooks/humanrail")
async def receive(request: Request):
    body = await request.body()
    if not verify_webhook_signature(
        payload=body,
        signature=request.headers.get("x-humanrail-signature"),
        secret=os.environ["HUMANRAIL_WEBHOOK_SECRET"],
    ):
        raise HTTPException(status_code=401)

    event = await request.json()
    if event["type"] == "task.completed":
        print(event["data"]["id"], event["data"]["output"])
    return {"ok": True}`,

  typescript: `// npm install @humanrail/sdk express
import { verifyWebhookSignature } from '@humanrail/sdk';
import express from 'express';

const app = express();

app.post('/webhooks/humanrail', express.raw({ type: 'application/json', limit: '4mb' }), (request, response) => {
  const isValid = verifyWebhookSignature({
    payload: request.body,
    signature: request.headers['x-humanrail-signature'],
    secret: process.env.HUMANRAIL_WEBHOOK_SECRET,
  });
  if (!isValid) return response.sendStatus(401);

  const event = JSON.parse(request.body);
  if (event.type === 'task.completed') console.log(event.data.id, event.data.output);
  response.sendStatus(200);
});

app.listen(Number(process.env.PORT ?? 8000));`,

  go: `// go get github.com/prime001/humanrail-sdk/go
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"

	humanrail "github.com/prime001/humanrail-sdk/go"
)

func receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 4<<20))
	if err != nil {
		http.Error(w, "Unreadable body", http.StatusBadRequest)
		return
	}
	signature := r.Header.Get("X-HumanRail-Signature")
	if !humanrail.VerifyWebhookSignature(body, signature, os.Getenv("HUMANRAIL_WEBHOOK_SECRET")) {
		http.Error(w, "Invalid signature", http.StatusUnauthorized)
		return
	}
	var event humanrail.WebhookEvent
	if err := json.Unmarshal(body, &event); err != nil {
		http.Error(w, "Not an event", http.StatusBadRequest)
		return
	}
	if event.Type == "task.completed" {
		fmt.Println(event.Data.ID, event.Data.Output)
	}
}

func main() {
	http.HandleFunc("POST /webhooks/humanrail", receive)
	log.Fatal(http.ListenAndServe(":8000", nil))
}`,
};
