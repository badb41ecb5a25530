/** An instruction of a Dockerfile, such as `RUN` with `npm ci`. */
export interface Instruction {
  name: string;
  text: string;
}

/** What stands between one `FROM` and the next. */
export interface Stage {
  /** After `AS`; its number where it has none. */
  name: string;
  instructions: Instruction[];
}

/**
 * Reads the instructions of a Dockerfile, lines that go on joined.
 * @throws Error where one stands before the first `FROM`.
 */
export function readStages(dockerfile: string): Stage[] {
  const stages: Stage[] = [];
  const lines = dockerfile
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  for (const line of lines) {
    const [, name = '', text = ''] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line) ?? [];
    if (name.toUpperCase() === 'FROM') {
      const alias = /\s+AS\s+(\S+)/i.exec(text)?.[1];
      stages.push({ name: alias ?? String(stages.length), instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (!stage) throw new Error(`${line.trim()} stands before any FROM.`);
    stage.instructions.push({ name: name.toUpperCase(), text: text.trim() });
  }
  return stages;
}

/** Instructions of this name, in their order. */
export function textsOf(stage: Stage, name: string): string[] {
  return stage.instructions.filter((each) => each.name === name).map(({ text }) => text);
}
