import { Text } from '@mantine/core';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import { humanise, sats } from '@/components/ui/values/humanise';
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
      <ScrollTable
        label="What each tier costs and promises"
        columns={['Tier', 'Votes', 'Held', 'Expected cost', 'Confidence']}
      >
        {quote.tiers.map((tier) => (
          <tr
            key={tier.risk_tier}
            aria-current={tier.risk_tier === quote.risk_tier ? 'true' : undefined}
          >
            <th scope="row">{humanise(tier.risk_tier)}</th>
            <td>
              {tier.min_votes === tier.max_votes
                ? tier.min_votes
                : `${tier.min_votes}–${tier.max_votes}`}
            </td>
            <td>{sats(tier.held_sats)}</td>
            <td>{tier.expected_cost_sats === null ? '–' : sats(tier.expected_cost_sats)}</td>
            <td>
              {tier.expected_confidence === null
                ? '–'
                : `${(tier.expected_confidence * 100).toFixed(0)} %`}
            </td>
          </tr>
        ))}
      </ScrollTable>
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
