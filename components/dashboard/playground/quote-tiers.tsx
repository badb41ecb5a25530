import { Table, Text } from '@mantine/core';
import { humanise, sats } from '@/components/ui/humanise';
import type { Quote, QuoteTier } from '@/server/features/tasks/schema';

const BASES: Record<QuoteTier['basis'], string> = {
  history: 'By your verified tasks of this type.',
  evidence: 'By what golds and reviews showed of this type’s workers.',
  prior:
    'Nothing is known of this type yet: what a careful prior says of strangers, all fields of an answer together.',
  unknown: 'Not known for this schema.',
};

/** What each tier would cost and promise, with what the promise rests on. */
export function QuoteTiers({ quote }: { quote: Quote }) {
  const bases = [...new Set(quote.tiers.map(({ basis }) => basis))];
  return (
    <>
      {/* A region that scrolls must be reachable by keyboard. */}
      <Table.ScrollContainer
        type="native"
        minWidth={420}
        tabIndex={0}
        role="region"
        aria-label="What each tier costs and promises"
      >
        <Table
          horizontalSpacing="xs"
          aria-label="What each tier costs and promises"
          data-testid="quote-tiers"
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Tier</Table.Th>
              <Table.Th>Votes</Table.Th>
              <Table.Th ta="right">Held</Table.Th>
              <Table.Th ta="right">Expected cost</Table.Th>
              <Table.Th ta="right">Confidence</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {quote.tiers.map((tier) => (
              <Table.Tr
                key={tier.risk_tier}
                fw={tier.risk_tier === quote.risk_tier ? 600 : undefined}
                aria-current={tier.risk_tier === quote.risk_tier ? 'true' : undefined}
              >
                <Table.Td>{humanise(tier.risk_tier)}</Table.Td>
                <Table.Td>
                  {tier.min_votes === tier.max_votes
                    ? tier.min_votes
                    : `${tier.min_votes}–${tier.max_votes}`}
                </Table.Td>
                <Table.Td ta="right">{sats(tier.held_sats)}</Table.Td>
                <Table.Td ta="right">
                  {tier.expected_cost_sats === null ? '–' : sats(tier.expected_cost_sats)}
                </Table.Td>
                <Table.Td ta="right">
                  {tier.expected_confidence === null
                    ? '–'
                    : `${(tier.expected_confidence * 100).toFixed(0)} %`}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {bases.map((basis) => (
        <Text key={basis} size="xs" c="dimmed">
          {bases.length > 1 ? `${tiersOf(quote, basis)}: ` : ''}
          {BASES[basis]}
        </Text>
      ))}
    </>
  );
}

function tiersOf(quote: Quote, basis: QuoteTier['basis']): string {
  return quote.tiers
    .filter((tier) => tier.basis === basis)
    .map(({ risk_tier }) => humanise(risk_tier))
    .join(', ');
}
