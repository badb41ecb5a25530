import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessRules } from './access';
import type { EngineCore } from './engine';

/** One request being handled by a route; `params` are the path's placeholders, in order. */
export interface Exchange {
  core: EngineCore;
  rules: AccessRules;
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  params: string[];
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT';
  path: RegExp;
  handle(exchange: Exchange): Promise<void>;
}
