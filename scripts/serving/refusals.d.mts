import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Refusal {
  status: number;
  phrase: string;
  code: string;
  message: string;
  headers?: Record<string, string>;
}
export function bodyTooLarge(bytesMax: number): Refusal;
export function refuse(refusal: Refusal, request: IncomingMessage, response: ServerResponse): void;
