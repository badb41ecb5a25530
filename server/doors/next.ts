import { type Method, notFoundRoute, type Route, type RouteHandler } from '@/server/transport/rest';
import { findDoor } from './table';

/** Parses the path itself, so that parameters are the same as in front of Next. */
const answer: RouteHandler = (request) => {
  const found = findDoor(new URL(request.url).pathname);
  const { route, params } = found ?? { route: notFoundRoute, params: {} };
  return route[request.method as Method](request, params);
};

/**
 * The exports of a Next route file whose paths are in the table: `export const { GET, HEAD, POST,
 * PUT, PATCH, DELETE, OPTIONS } = doors`.
 */
export const doors: Route = {
  GET: answer,
  HEAD: answer,
  POST: answer,
  PUT: answer,
  PATCH: answer,
  DELETE: answer,
  OPTIONS: answer,
};
