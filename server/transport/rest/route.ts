import type { Method } from './operation';

/** Decoded path parameters. */
export type Params = Readonly<Record<string, string>>;

export type RouteHandler = (request: Request, params?: Params) => Promise<Response>;

/** A handler for every method. */
export type Route = Record<Method | 'HEAD' | 'OPTIONS', RouteHandler>;
