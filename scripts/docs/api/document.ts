import { readFileSync } from 'node:fs';

/** The parts of JSON Schema that the OpenAPI document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: string[];
  const?: unknown;
  default?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: Schema;
}

interface Content {
  schema: Schema;
  example?: unknown;
}

interface Answer {
  description: string;
  content?: Record<string, Content>;
  'x-error-codes'?: string[];
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  /** The scope a key needs; undefined if no key is required. */
  scope: string | undefined;
  /** Whether an L402 token authorizes it. */
  takesToken: boolean;
  parameters: Parameter[];
  body: Content | undefined;
  isBodyRequired: boolean;
  /** Responses by status, in order. */
  answers: { status: number; answer: Answer }[];
}

interface Reference {
  $ref: string;
}

interface RawOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  'x-scope'?: string;
  security?: Record<string, unknown>[];
  parameters?: (Parameter | Reference)[];
  requestBody?: { required?: boolean; content: Record<string, Content> };
  responses: Record<string, Answer | Reference>;
}

export interface ApiDocument {
  paths: Record<string, Record<string, RawOperation>>;
  webhooks: Record<string, Record<string, RawOperation>>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, Parameter>;
    responses: Record<string, Answer>;
    headers: Record<string, { description: string }>;
  };
}

export const JSON_TYPE = 'application/json';

export const api: ApiDocument = JSON.parse(
  readFileSync(new URL('../../../public/openapi.json', import.meta.url), 'utf8'),
);

/** The component a `$ref` names, such as `Task`. */
export function referredName(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

function resolved<T extends object>(part: T | Reference, named: Record<string, T>): T {
  if (!('$ref' in part)) return part;
  const name = referredName(part.$ref);
  const found = named[name];
  if (!found) throw new Error(`public/openapi.json has no ${part.$ref}.`);
  return found;
}

/** Every operation, in the order of the document. */
export const operations: Operation[] = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, raw]) => ({
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    tag: raw.tags[0] ?? '',
    summary: raw.summary,
    description: raw.description ?? '',
    scope: raw['x-scope'],
    takesToken: raw.security?.some((way) => 'l402' in way) ?? false,
    parameters: (raw.parameters ?? []).map((one) => resolved(one, api.components.parameters)),
    body: raw.requestBody?.content[JSON_TYPE],
    isBodyRequired: raw.requestBody?.required ?? false,
    answers: Object.entries(raw.responses).map(([status, answer]) => ({
      status: Number(status),
      answer: resolved(answer, api.components.responses),
    })),
  })),
);
