const REPEAT = /^\{(\d+)(,(\d*))?\}/;
const LONG_ESCAPE = /^\\[pPux]\{[^}]*\}/;
const CLASS = /^\[\^?\]?(?:\\.|[^\]\\])*\]/s;

/**
 * The approximate number of instructions of an RE2 program: repeats are expanded, so `a{999}`
 * counts 999 and `(a{10}){10}` counts 100.
 */
export function patternSize(source: string): number {
  const sizes = [0];
  /** Size of the operand of a repeat. */
  let last = 0;
  const add = (size: number) => {
    sizes.push((sizes.pop() ?? 0) + size);
  };
  for (let at = 0; at < source.length; ) {
    const char = source[at];
    const repeat = char === '{' ? REPEAT.exec(source.slice(at, at + 24)) : null;
    let width = 1;
    if (repeat) {
      const times = Math.max(1, Number(repeat[1]), Number(repeat[3] ?? 0));
      add(last * (times - 1));
      last *= times;
      width = repeat[0].length;
    } else if (char === '(') {
      sizes.push(0);
      last = 0;
    } else if (char === ')') {
      last = (sizes.length > 1 ? (sizes.pop() ?? 0) : 0) + 1;
      add(last);
    } else {
      last = 1;
      add(1);
      width = atomWidth(source, at);
    }
    at += width;
  }
  return sizes.reduce((total, size) => total + size, 0);
}

/** Length of the class or escape at an index; 1 for any other character. */
function atomWidth(source: string, at: number): number {
  if (source[at] === '\\') return LONG_ESCAPE.exec(source.slice(at, at + 64))?.[0].length ?? 2;
  if (source[at] === '[') return CLASS.exec(source.slice(at))?.[0].length ?? 1;
  return 1;
}
