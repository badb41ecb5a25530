/** Headers of the connection, of a single response, or that Next adds to all of its own. */
const NOT_COMPARED = new Set([
  ...['connection', 'keep-alive', 'date', 'transfer-encoding', 'content-length', 'etag', 'vary'],
  ...['x-request-id', 'ratelimit-remaining', 'ratelimit-reset', 'content-encoding'],
]);

/** Fields specific to one instance or moment; only their presence is compared. */
const OF_ONE_INSTANCE =
  /(^|_)(id|at|key|keys|cursor|sats|seconds|secret)$|^(requestId|checks|data|message)$/;

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** The differences between two responses, one line each; empty if they are equivalent. */
export function differencesOf(one: Answer, other: Answer): string[] {
  const differences: string[] = [];
  const compare = (what: string, left: unknown, right: unknown) => {
    const [first, second] = [JSON.stringify(left), JSON.stringify(right)];
    if (first !== second) differences.push(`    ${what}: ${first}\n    ${what}: ${second}`);
  };
  compare('status', one.status, other.status);
  const names = new Set([...Object.keys(one.headers), ...Object.keys(other.headers)]);
  for (const name of names) {
    if (!NOT_COMPARED.has(name)) compare(name, one.headers[name], other.headers[name]);
  }
  compare('body', shapeOf(one.body), shapeOf(other.body));
  return differences;
}

/** A string or null, as one instance may have it and another not. */
const shapeOfOwn = (value: unknown) => (value === null ? 'string' : typeof value);

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      OF_ONE_INSTANCE.test(name) ? shapeOfOwn(each) : shapeOf(each),
    ]),
  );
}
