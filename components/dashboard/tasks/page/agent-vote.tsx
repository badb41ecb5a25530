'use client';

import { Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import settings from '@/components/dashboard/settings.module.css';
import { JsonBlock } from '@/components/ui/code/code-block';
import type { AgentVote } from '@/server/features/verification/get-agent-vote';

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** The agent's guess in the list of votes: what it said, and what that counted for. */
export function AgentVoteRow({ vote, confidence }: { vote: AgentVote; confidence: number | null }) {
  const [open, setOpen] = useState(false);
  const { judged } = vote;
  return (
    <div className={settings.disclosure}>
      <UnstyledButton
        className={settings.summary}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span>
          <span>Your agent</span>
          <span className="soft"> · {percent(vote.confidence)} sure</span>
        </span>
        <span className="soft tabular">{weightOf(judged)}</span>
        <span className="soft">{judged ? (judged.agrees ? 'Agrees' : 'Dissents') : ''}</span>
      </UnstyledButton>
      {open ? (
        <div className={settings.opened}>
          <Text size="sm">{explanationOf(vote, confidence)}</Text>
          <JsonBlock value={vote.output} label="the guess of your agent" maxHeight={240} />
        </div>
      ) : null}
    </div>
  );
}

function weightOf(judged: AgentVote['judged']): string {
  if (!judged) return 'Not weighed';
  return judged.confidence_without === null
    ? 'Weight 0'
    : `Weight ${judged.votes_worth.toFixed(1)}`;
}

function explanationOf({ judged, from, to }: AgentVote, confidence: number | null): string {
  if (!judged) return 'A guess is weighed when an answer is judged, if it fits the schema.';
  const { checked, needed, votes_worth: worth, confidence_without: without } = judged;
  const range = `${percent(from)} to ${percent(to)}`;
  if (without === null) {
    return `It counted for nothing. A guess counts once ${needed} guesses at ${range} have been checked by reviews, corrections or audits; ${checked} have.`;
  }
  const effect =
    confidence === null
      ? `By people alone, confidence was ${without.toFixed(3)}.`
      : `By people alone, confidence would be ${without.toFixed(3)}; with it, it is ${confidence.toFixed(3)}.`;
  return `It counted like about ${worth.toFixed(1)} votes of average workers, by how often its guesses at ${range} were right on the ${checked} tasks that were checked. ${effect}`;
}
