'use client';

import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Card } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code/code-block';
import { QueryState } from '@/components/ui/failures/query-state';
import { humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { ReviewerAgreement, ReviewerWord } from '@/server/features/reviews/schema';
import classes from './reviews.module.css';
import { useReviews } from './use-reviews';
import { DECISION_WORDS } from './words';

/** Below this many pairs κ says little: its interval covers about a third of the scale either way. */
const PAIRS_TELLING = 30;

/** How far reviewers agree who decided the same without knowing of each other. */
export function AgreementCard() {
  const reviews = useReviews();
  const agreement = useQuery(reviews.agreement.queryOptions());
  if (!agreement.data || agreement.isError)
    return <QueryState query={agreement} height={110} radius="lg" label="Loading the agreement" />;
  const { pairs, agreed, kappa, disagreements } = agreement.data;
  return (
    <Card title="Agreement of reviewers">
      <Group gap={32} align="baseline">
        <Figure name="Cohen’s κ" value={kappa === null ? '–' : kappa.toFixed(2)} />
        <Figure name="Decided twice" value={String(pairs)} />
        <Figure name="To the same end" value={String(agreed)} />
      </Group>
      <Text size="sm" c="dimmed" mt="sm" maw={720}>
        {wordsFor(agreement.data)}
      </Text>
      {disagreements.length > 0 ? (
        <ul className={classes.disagreements} aria-label="Disagreements">
          {disagreements.map((each) => (
            <li key={each.id}>
              <details>
                <summary>
                  {humanise(each.type)}: first {said(each.first)}, then {said(each.second)} ·{' '}
                  <Age at={each.decidedAt} />
                </summary>
                <Group align="flex-start" grow mt="sm" gap="sm">
                  <JsonBlock value={each.proposed} label="what was proposed" maxHeight={200} />
                  <JsonBlock value={each.first} label="the first decision" maxHeight={200} />
                  <JsonBlock value={each.second} label="the second decision" maxHeight={200} />
                </Group>
              </details>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <div className={`${classes.figure} tabular`}>{value}</div>
    </div>
  );
}

const said = ({ decision }: ReviewerWord) => DECISION_WORDS[decision].toLowerCase();

function wordsFor({ pairs, kappa }: ReviewerAgreement): string {
  const drawn =
    'One decided review in twenty is decided again by somebody else, who is not told how.';
  if (pairs === 0) return `${drawn} None has been decided twice yet.`;
  const stands = 'The first decision stands; disagreements are listed here.';
  if (kappa === null) {
    return `${drawn} Everybody decided alike so far, so κ cannot tell agreement from habit. ${stands}`;
  }
  const meaning =
    'κ is 1 where reviewers always agree, and 0 where they agree as often as chance would.';
  const small =
    pairs < PAIRS_TELLING ? ` Of ${pairs} it says little yet: a few more can move it far.` : '';
  return `${drawn} ${meaning}${small} ${stands}`;
}
