export { setResponseMaker, textResponse } from './answers';
export { type Authenticate, bearerKeyOf, setAuthenticator } from './authenticate';
export { alsoByToken } from './by-token';
export { decodeCursor, encodeCursor, ListQuery, listOf } from './cursor';
export { dispatcher } from './dispatch';
export { createDoor, type Door, type DoorOptions } from './door';
export { type ErrorBody, errorBody, InternalError } from './error-body';
export { type Checked, checkJson } from './field-faults';
export { parseJson, readJsonBody, readText } from './json-body';
export {
  MethodNotAllowed,
  mount,
  mountWith,
  notFoundRoute,
  notFoundRouteWith,
  openRoute,
  openRouteWith,
  routesOf,
} from './mount';
export {
  type ErrorAnswer,
  type KeyActor,
  type Method,
  type Operation,
  operation,
} from './operation';
export { type Found, type PathEntry, pathTable } from './path-table';
export { requestIdOf } from './request-id';
export type { Params, Route, RouteHandler } from './route';
