/** A part of a call's address that the reader may change. */
export interface Input {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  /** What it may be, where that is a choice. */
  choices: string[];
  example: string;
}

/** A call as the instance describes it. */
export interface DescribedCall {
  id: string;
  summary: string;
  method: string;
  path: string;
  needsKey: boolean;
  inputs: Input[];
  /** The example's body as text; null where the call takes none. */
  body: string | null;
}

interface RawParameter {
  $ref?: string;
  name: string;
  in: string;
  required: boolean;
  example?: string;
  schema: { type?: string; enum?: string[] };
}

interface RawOperation {
  operationId: string;
  summary: string;
  security?: object[];
  parameters?: RawParameter[];
  requestBody?: { content: { 'application/json'?: { example?: unknown } } };
}

export interface RawDocument {
  paths: Record<string, Record<string, RawOperation>>;
}

let fetched: Promise<RawDocument> | undefined;

/** The instance's own description of a call. Throws where it cannot be read. */
export async function describeCall(id: string): Promise<DescribedCall> {
  fetched ??= fetch('/v1/openapi.json', { credentials: 'omit' }).then((answer) => {
    if (!answer.ok) throw new Error(`/v1/openapi.json answered ${answer.status}.`);
    return answer.json() as Promise<RawDocument>;
  });
  try {
    return callOf(await fetched, id);
  } catch (error) {
    // Opened again, it is asked for again.
    fetched = undefined;
    throw error;
  }
}

export function callOf({ paths }: RawDocument, id: string): DescribedCall {
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId === id) return described(path, method, operation);
    }
  }
  throw new Error(`This instance has no call ${id}.`);
}

function described(path: string, method: string, operation: RawOperation): DescribedCall {
  const { operationId, summary, security = [], parameters = [], requestBody } = operation;
  const example = requestBody?.content['application/json']?.example;
  return {
    id: operationId,
    summary,
    method: method.toUpperCase(),
    path,
    needsKey: security.length > 0,
    inputs: parameters.flatMap(inputOf),
    body: requestBody ? JSON.stringify(example ?? {}, null, 2) : null,
  };
}

/** Headers are left out, and so is what an address spells in several parts. */
function inputOf({ name, in: place, required, example, schema }: RawParameter): Input[] {
  if ((place !== 'path' && place !== 'query') || schema.type === 'object') return [];
  return [{ name, in: place, required, choices: schema?.enum ?? [], example: example ?? '' }];
}
