/** One line of a unified diff, with the line's number on each side where it stands there. */
export interface PatchLine {
  kind: 'file' | 'hunk' | 'same' | 'removed' | 'added';
  text: string;
  before: number | null;
  after: number | null;
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
/** Longer texts are shown as they stand. */
const CHARS_MAX = 200_000;

/** Whether a text is a diff as `diff -u` and git write it. */
export function isUnifiedDiff(text: string): boolean {
  return text.length <= CHARS_MAX && /^@@ -\d+(,\d+)? \+\d+(,\d+)? @@/m.test(text);
}

/** The lines of a unified diff. What stands outside its hunks names files. */
export function patchLines(text: string): PatchLine[] {
  const lines: PatchLine[] = [];
  let before = 0;
  let after = 0;
  /** Lines that the hunk still has on each side: in it, `--- x` is a removed `-- x`. */
  let left = { before: 0, after: 0 };
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const sign = line[0] ?? ' ';
    const isInside = left.before > 0 || left.after > 0;
    const hunk = isInside ? null : HUNK.exec(line);
    if (hunk) {
      const [, from, count = '1', to, countAfter = '1'] = hunk;
      before = Number(from);
      after = Number(to);
      left = { before: Number(count), after: Number(countAfter) };
      lines.push({ kind: 'hunk', text: line, before: null, after: null });
    } else if (!isInside || sign === '\\') {
      lines.push({ kind: 'file', text: line, before: null, after: null });
    } else if (sign === '+') {
      lines.push({ kind: 'added', text: line.slice(1), before: null, after });
      after += 1;
      left.after -= 1;
    } else if (sign === '-') {
      lines.push({ kind: 'removed', text: line.slice(1), before, after: null });
      before += 1;
      left.before -= 1;
    } else {
      lines.push({ kind: 'same', text: line.slice(1), before, after });
      before += 1;
      after += 1;
      left = { before: left.before - 1, after: left.after - 1 };
    }
  }
  return lines;
}
