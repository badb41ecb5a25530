import type { Method } from './operation';

/** Values of a path's parameters, decoded. */
export type Params = Readonly<Record<string, string>>;

export type RouteHandler = (request: Request, params?: Params) => Promise<Response>;

/** Handlers of every method. */
export type Route = Record<Method | 'HEAD' | 'OPTIONS', RouteHandler>;
