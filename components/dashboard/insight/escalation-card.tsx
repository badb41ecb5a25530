import { Text } from '@mantine/core';
import { Card } from '@/components/ui/card';
import type { Calibration } from '@/server/features/insight/get-calibration';
import { FigureTable } from './chart-card';
import { percent, whole } from './figures';

const COLUMNS = ['Guesses', 'Changed', 'Sats', 'Sats a change'];

/** What asking people bought, by the agent's confidence and by type, and from where on not to ask. */
export function EscalationCards({ calibration }: { calibration: Calibration }) {
  const { bought, guesses, recommended, buckets, types } = calibration;
  return (
    <Card title="What asking people bought">
      <Text size="sm" mb="md" data-testid="recommended-threshold">
        {recommended
          ? `Recommended: ask below a confidence of ${percent(recommended.threshold, 0)}. Above it lie ${whole(recommended.count)} guesses, ${whole(recommended.wrong)} of them wrong; even at the low end of their accuracy’s 95 % interval, not asking would have saved ${whole(recommended.savingSatsLow)} sats.`
          : 'Recommended: go on asking. The guesses do not prove for any confidence that asking could be left out.'}
      </Text>
      <Text size="sm" c="dimmed" mb="md">
        {`People changed ${whole(bought.changed)} of ${whole(guesses)} guesses, for ${whole(bought.chargedSats)} sats`}
        {bought.satsPerChange === null
          ? '.'
          : `: ${whole(bought.satsPerChange)} sats for each changed answer.`}
      </Text>
      <FigureTable
        caption="What asking bought, by confidence"
        columns={['Confidence', ...COLUMNS]}
        rows={buckets
          .filter(({ count }) => count > 0)
          .map((bucket) => [
            `${percent(bucket.from, 0)} – ${percent(bucket.to, 0)}`,
            ...figuresOf(bucket.count, bucket.bought),
          ])}
      />
      {types.length > 1 ? (
        <FigureTable
          caption="What asking bought, by type"
          columns={['Type', ...COLUMNS, 'Ask below']}
          rows={types.map((type) => [
            type.type,
            ...figuresOf(type.guesses, type),
            type.recommended ? percent(type.recommended.threshold, 0) : 'always',
          ])}
        />
      ) : null}
    </Card>
  );
}

function figuresOf(guesses: number, bought: Calibration['bought']): string[] {
  const { changed, chargedSats, satsPerChange } = bought;
  return [
    whole(guesses),
    `${whole(changed)} (${percent(changed / guesses)})`,
    whole(chargedSats),
    satsPerChange === null ? '–' : whole(satsPerChange),
  ];
}
