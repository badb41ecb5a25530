/** An instruction of a Dockerfile, such as `RUN` with `npm ci`. */
export interface Instruction {
  name: string;
  text: string;
}

/** The instructions between one `FROM` and the next. */
export interface Stage {
  /** From `AS`; its number if it has no name. */
  name: string;
  instructions: Instruction[];
}

/**
 * Parses the instructions of a Dockerfile, joining continued lines.
 * @throws Error if one precedes the first `FROM`.
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
    if (!stage) throw new Error(`${line.trim()} precedes the first FROM.`);
    stage.instructions.push({ name: name.toUpperCase(), text: text.trim() });
  }
  return stages;
}

/** Instructions with this name, in order. */
export function textsOf(stage: Stage, name: string): string[] {
  return stage.instructions.filter((each) => each.name === name).map(({ text }) => text);
}
