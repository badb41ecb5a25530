export { type Authenticate, bearerKeyOf, setAuthenticator } from './authenticate';
export { alsoByToken } from './by-token';
export { decodeCursor, encodeCursor, ListQuery, listOf } from './cursor';
export { dispatcher } from './dispatch';
export { createDoor, type Door, type DoorOptions } from './door';
export { type ErrorBody, errorBody } from './error-body';
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
  type Route,
  type RouteHandler,
} from './mount';
export {
  type ErrorAnswer,
  type KeyActor,
  type Method,
  type Operation,
  operation,
} from './operation';
export { requestIdOf } from './request-id';
