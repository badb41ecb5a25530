import { type Attention, COUNT_MAX, type Facts, SEVERITIES } from './attention-facts';
import { outwardItems } from './outward-attention';
import { peopleItems } from './people-attention';
import { systemItems } from './system-attention';

/** What needs attention, ordered by severity, live before test, then age. */
export function attentionOf(facts: Facts): Attention[] {
  const items = [...systemItems(facts), ...peopleItems(facts), ...outwardItems(facts)];
  return items
    .filter(({ count }) => count !== 0)
    .map(
      ({ mode = null, count, id, ...item }): Attention => ({
        ...item,
        id: mode ? `${id}:${mode}` : id,
        mode,
        count: count === null ? null : Math.min(count, COUNT_MAX),
        isMore: count !== null && count > COUNT_MAX,
      }),
    )
    .sort(byUrgency);
}

function byUrgency(a: Attention, b: Attention): number {
  const at = ({ since }: Attention) => since?.getTime() ?? Number.POSITIVE_INFINITY;
  const test = ({ mode }: Attention) => Number(mode === 'test');
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    test(a) - test(b) ||
    (at(a) === at(b) ? 0 : at(a) - at(b))
  );
}
