import { Table, Text } from '@mantine/core';
import { Card } from '@/components/ui/card';
import type { Calibration } from '@/server/features/insight/get-calibration';
import { percent, whole } from './figures';

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
      <Table.ScrollContainer minWidth={400}>
        <Table horizontalSpacing={6} aria-label="What asking bought, by confidence">
          <BoughtHead first="Confidence" />
          <Table.Tbody>
            {buckets
              .filter(({ count }) => count > 0)
              .map((bucket) => (
                <BoughtRow
                  key={bucket.from}
                  name={`${percent(bucket.from, 0)} – ${percent(bucket.to, 0)}`}
                  guesses={bucket.count}
                  bought={bucket.bought}
                />
              ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {types.length > 1 ? (
        <Table.ScrollContainer minWidth={400} mt="lg">
          <Table horizontalSpacing={6} aria-label="What asking bought, by type">
            <BoughtHead first="Type" last="Ask below" />
            <Table.Tbody>
              {types.map((type) => (
                <BoughtRow
                  key={type.type}
                  name={type.type}
                  guesses={type.guesses}
                  bought={type}
                  last={type.recommended ? percent(type.recommended.threshold, 0) : 'always'}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : null}
    </Card>
  );
}

function BoughtHead({ first, last }: { first: string; last?: string }) {
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th>{first}</Table.Th>
        <Table.Th ta="right">Guesses</Table.Th>
        <Table.Th ta="right">Changed</Table.Th>
        <Table.Th ta="right">Sats</Table.Th>
        <Table.Th ta="right">A change</Table.Th>
        {last ? <Table.Th ta="right">{last}</Table.Th> : null}
      </Table.Tr>
    </Table.Thead>
  );
}

function BoughtRow(props: {
  name: string;
  guesses: number;
  bought: Calibration['bought'];
  last?: string;
}) {
  const { name, guesses, bought, last } = props;
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td ta="right">{whole(guesses)}</Table.Td>
      <Table.Td ta="right">{`${whole(bought.changed)} (${percent(bought.changed / guesses)})`}</Table.Td>
      <Table.Td ta="right">{whole(bought.chargedSats)}</Table.Td>
      <Table.Td ta="right">
        {bought.satsPerChange === null ? '–' : whole(bought.satsPerChange)}
      </Table.Td>
      {last ? <Table.Td ta="right">{last}</Table.Td> : null}
    </Table.Tr>
  );
}
