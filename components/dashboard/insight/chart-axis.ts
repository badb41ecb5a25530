/** How axes of scatter charts are drawn. */
export const AXIS = {
  type: 'number',
  stroke: 'var(--line-strong)',
  tick: { fill: 'var(--text-soft)', fontSize: 12 },
} as const;

/** The words below a horizontal axis. */
export function axisLabel(value: string) {
  return {
    value,
    position: 'insideBottom',
    offset: -10,
    fill: 'var(--text-soft)',
    fontSize: 12,
  } as const;
}
