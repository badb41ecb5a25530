import type { Page } from '@playwright/test';
import { wire } from '@/server/transport/trpc/wire';

/** Calls a procedure as the page's signed-in user. Reads are recognized by their names. */
export async function trpc<Result>(page: Page, path: string, input?: unknown): Promise<Result> {
  const isRead = /\.(list|get|draft|counts|answers|preview)$/.test(path);
  const text = JSON.stringify(wire.serialize(input));
  const url = `/api/trpc/${path}`;
  const response = isRead
    ? await page.request.get(input === undefined ? url : `${url}?input=${encodeURIComponent(text)}`)
    : await page.request.post(url, {
        data: text,
        headers: { 'content-type': 'application/json', origin: String(process.env.E2E_URL) },
      });
  const body = (await response.json()) as { result?: { data: { json: never } } };
  if (!body.result)
    throw new Error(`${path} answered ${response.status()}: ${JSON.stringify(body)}`);
  return wire.deserialize(body.result.data);
}
