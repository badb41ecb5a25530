import type { FieldFault } from './errors';

/** Limits the size of an error response for a text full of faults. */
const FAULTS_MAX = 20;

/** Why a text cannot be stored, as the predicate of a sentence; undefined if it can. */
export function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'holds the character U+0000, which cannot be kept; leave it out';
  if (!text.isWellFormed()) {
    return 'holds half of a surrogate pair, which is no character; leave it out';
  }
  return undefined;
}

/** Why a field name is rejected; copying an object would silently drop `__proto__`. */
function nameFault(name: string): string | undefined {
  return name === '__proto__' ? 'cannot be used; rename the field' : textFault(name);
}

/**
 * The parts of a JSON value that cannot be stored unchanged: text with U+0000 or half a surrogate
 * pair, fields named `__proto__`, and numbers parsed as infinite. Only traverses plain objects and
 * lists.
 */
export function unstorableFaults(value: unknown): FieldFault[] {
  const walk = new Walk();
  walk.into(value);
  return walk.faults;
}

class Walk {
  readonly faults: FieldFault[] = [];
  private readonly path: string[] = [];

  into(value: unknown): void {
    if (this.faults.length >= FAULTS_MAX) return;
    if (typeof value === 'string') this.add(textFault(value));
    else if (typeof value === 'number' && !Number.isFinite(value)) {
      this.add('is a number too large to be kept');
    } else if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) this.step(String(i), value[i]);
    } else if (isPlainObject(value)) {
      for (const name of Object.keys(value)) this.step(name, value[name]);
    }
  }

  private step(name: string, inner: unknown): void {
    this.path.push(name);
    const fault = nameFault(name);
    if (fault) this.add(`is a name that ${fault}`);
    this.into(inner);
    this.path.pop();
  }

  private add(what: string | undefined): void {
    if (!what) return;
    // For an invalid name, the path itself would repeat the fault in the response.
    const param = this.path.join('.').replaceAll('\0', '\\u0000').toWellFormed() || 'body';
    this.faults.push({ param, code: 'invalid_field', message: `${param} ${what}.` });
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
