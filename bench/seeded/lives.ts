import { createHash } from 'node:crypto';
import { feeSats } from '@/server/platform/money';
import { type Dice, excerptOf, OUTPUT_SCHEMA, pick, VERDICTS, type Verdict } from './content';
import type { End, Life, Place, Row } from './life';
import { idAt, Writer } from './past';

const DAY_MS = 86_400_000;
const TYPES: [string, number, number][] = [
  // Type, share, SLA in seconds.
  ['content_review', 0.38, 300],
  ['refund_eligibility', 0.22, 300],
  ['sentiment_analysis', 0.17, 180],
  ['image_moderation', 0.12, 300],
  ['translation_review', 0.07, 600],
  ['document_verification', 0.04, 900],
];

/** One task's full history, consistent with the ledger and with its own events. */
export function lifeOf(n: number, createdMs: number, place: Place, dice: Dice): Life {
  const [type, , slaSeconds] = pick(TYPES, dice(), ([, share]) => share);
  const isOpen = createdMs > Date.now() - DAY_MS / 2 && dice() < 0.3;
  const end: End = isOpen ? 'posted' : endOf(dice());
  const maxVotes = dice() < 0.2 ? 3 : 1;
  const payoutSats = BigInt(200 + Math.floor(dice() * 12) * 50);
  const most = payoutSats * BigInt(maxVotes);
  const heldSats = most + feeSats(most, place.fee);
  const truth = pick(VERDICTS, dice(), () => 1 / VERDICTS.length);
  const id = idAt(createdMs, dice);
  const task: Row = {
    id,
    organization_id: place.organizationId,
    mode: place.mode,
    status: end,
    type,
    payload: { text: excerptOf(type, dice), order: `order ${n}`, content: excerptOf('', dice) },
    output_schema: OUTPUT_SCHEMA,
    instructions: '',
    payout_sats: payoutSats.toString(),
    // Open tasks must stay open during measurements.
    sla_seconds: isOpen ? 86_400 : slaSeconds,
    skills_required: [],
    risk_tier: maxVotes > 1 ? 'high' : 'medium',
    min_votes: maxVotes,
    max_votes: maxVotes,
    target_confidence: 0.9,
    pool_organization_id: place.organizationId,
    metadata: {
      order: `A-${String(n).padStart(6, '0')}`,
      customer: `c-${Math.floor(dice() * 5_000)}`,
      env: dice() < 0.9 ? 'production' : 'staging',
    },
    agent_guess: guessOf(truth, dice),
    on_timeout: { action: 'expire' },
    idempotency_key: `seed-${n}`,
    request_hash: createHash('sha256').update(String(n)).digest('hex'),
    dialect: 'v1',
    created_by: 'system',
    votes_wanted: maxVotes,
    open_seats: end === 'posted' ? maxVotes : 0,
    votes_accepted: 0,
    rejections: 0,
    held_sats: heldSats.toString(),
    charged_sats: '0',
    fee_sats: '0',
    created_at: new Date(createdMs),
    updated_at: new Date(createdMs),
    expires_at: new Date(createdMs + (isOpen ? 86_400 : slaSeconds) * 1_000),
  };
  return new Writer(task, place, dice, {
    end,
    maxVotes,
    payoutSats,
    heldSats,
    truth,
    slaSeconds,
  }).life();
}

function endOf(share: number): End {
  if (share < 0.87) return 'verified';
  if (share < 0.91) return 'failed';
  return share < 0.96 ? 'expired' : 'cancelled';
}

/** Three of five tasks have a guess; the agent is overconfident. */
function guessOf(truth: Verdict, dice: Dice): Row | null {
  if (dice() > 0.6) return null;
  const confidence = Math.round((0.3 + 0.7 * Math.sqrt(dice())) * 1000) / 1000;
  const isRight = dice() < 0.2 + 0.78 * confidence ** 2;
  const others = VERDICTS.filter((verdict) => verdict !== truth);
  const verdict = isRight ? truth : pick(others, dice(), () => 1 / others.length);
  return { output: { verdict }, confidence };
}
