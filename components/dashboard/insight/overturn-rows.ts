import { humanise } from '@/components/ui/values/humanise';
import type { OverturnRate } from '@/server/features/appeals/schema';
import { percent, whole } from './figures';

/** The columns of `overturnRow`, after what the rates are of. */
export const OVERTURN_COLUMNS = ['Upheld', '95 % interval', 'Decided', 'By time'];

/** A rate of upheld appeals as a row of a table. */
export function overturnRow(rate: OverturnRate, name = humanise(rate.name)): (string | number)[] {
  const { upheld, decided, low, high, byTime } = rate;
  return [
    name,
    percent(decided > 0 ? upheld / decided : null, 0),
    decided > 0 ? `${percent(low, 0)} to ${percent(high, 0)}` : '–',
    whole(decided),
    whole(byTime),
  ];
}
