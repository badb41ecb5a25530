const begunMs = performance.now();

/** Prints a line with the seconds since the run began. */
export const say = (words: string) =>
  console.log(`${((performance.now() - begunMs) / 1000).toFixed(1).padStart(6)} s  ${words}`);
