import { createHash, createPublicKey, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { sendPayout } from '@/server/features/payouts/send-payout';
import { takeNextTask } from '@/server/features/routing';
import { listAssignments, submitAnswer } from '@/server/features/tasks';
import { judgeTask } from '@/server/features/verification';
import { canonicalJson, hashJson } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { receiptKeys } from '@/server/platform/receipt-signature';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, workerActor } from '@/server/testing/factories';
import type { Receipt } from './schema';

useTestDatabase();

const BODY = {
  type: 'content_review',
  payload: { text: 'Is this review genuine?', content: 'Great product, 5 stars!' },
  output_schema: {
    type: 'object',
    required: ['verdict'],
    properties: { verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] } },
  },
  payout_sats: 500,
  sla_seconds: 300,
};

const newKey = async () => (await createKey(await createOrganization(), 'test')).text;

const receiptOf = async (key: string, id: unknown) => {
  const { status, body } = await call('GET', `/v1/tasks/${id}/receipt`, { key });
  return { status, body, receipt: body as unknown as Receipt };
};

function isSigned({ signature, ...facts }: Receipt): boolean {
  const x = Buffer.from(signature.public_key, 'base64').toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const value = Buffer.from(signature.value, 'base64');
  return verify(null, Buffer.from(canonicalJson(facts)), publicKey, value);
}

it('is refused before the end; afterwards it is signed by a key that is published, and fits nothing else', async () => {
  const key = await newKey();
  const { body: task } = await call('POST', '/v1/tasks', { key, body: BODY });
  const early = await receiptOf(key, task.id);
  expect([early.status, early.body.error?.code]).toEqual([409, 'task_not_ended']);
  await call('POST', `/v1/tasks/${task.id}/cancel`, { key });
  const { status, receipt } = await receiptOf(key, task.id);
  expect(status).toBe(200);
  expect(receipt).toMatchObject({
    status: 'cancelled',
    output_sha256: null,
    votes: [],
    payouts: [],
  });
  expect(await receiptKeys()).toMatchObject([
    { public_key: receipt.signature.public_key, status: 'current' },
  ]);
  expect(isSigned(receipt)).toBe(true);
  expect(isSigned({ ...receipt, votes_used: 1 })).toBe(false);
  expect((await receiptOf(await newKey(), task.id)).status).toBe(404);
});

it('keeps the keys of before, so that what they signed can still be checked', async () => {
  const publicKey = Buffer.alloc(32, 7).toString('base64');
  await db.receiptKey.create({ data: { publicKey, firstUsedAt: new Date(0) } });
  const keys = await receiptKeys();
  expect(keys.map(({ status }) => status)).toEqual(['current', 'former']);
  expect(keys[1]).toEqual({
    algorithm: 'ed25519',
    public_key: publicKey,
    first_used_at: '1970-01-01T00:00:00.000Z',
    status: 'former',
  });
});

it('tells what was asked, who answered what under a pseudonym, how sure it is, and proves payment', async () => {
  const key = await newKey();
  const redundancy = { min_votes: 2, max_votes: 2 };
  const { body: task } = await call('POST', '/v1/tasks', { key, body: { ...BODY, redundancy } });
  const id = String(task.id);
  const output = { verdict: 'genuine' };
  for (let n = 0; n < 2; n++) {
    const worker = await workerActor({ mode: 'test' });
    expect(await takeNextTask(worker)).not.toBeNull();
    const [assignment] = await listAssignments(worker);
    await submitAnswer(worker, { assignmentId: assignment?.id ?? '', output });
  }
  await judgeTask(id);
  for (const payout of await db.payout.findMany({ where: { taskId: id } }))
    await sendPayout(payout.id);
  const { receipt } = await receiptOf(key, id);
  expect(isSigned(receipt)).toBe(true);
  expect(receipt).toMatchObject({
    status: 'verified',
    payload_sha256: hashJson(BODY.payload),
    output_schema_sha256: hashJson(BODY.output_schema),
    output_sha256: hashJson(output),
    confidence_basis: 'uncalibrated',
    votes_used: 2,
    cost_sats: { charged: 1_100, fee: 100 },
  });
  expect(receipt.fields).toEqual([
    { path: '/verdict', kind: 'categorical', confidence: receipt.confidence },
  ]);
  expect(receipt.votes).toMatchObject([
    { answer_sha256: hashJson(output), status: 'accepted', agrees: true },
    { answer_sha256: hashJson(output), status: 'accepted', agrees: true },
  ]);
  const stages = ['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'];
  for (const vote of receipt.votes) {
    expect(vote.verification.map(({ stage }) => stage)).toEqual(stages);
  }
  const workers = receipt.votes.map(({ worker }) => worker);
  expect(new Set(workers).size).toBe(2);
  expect(receipt.payouts.map(({ worker }) => worker).sort()).toEqual(workers.sort());
  const ids = await db.answer.findMany({ where: { taskId: id }, select: { workerId: true } });
  for (const { workerId } of ids) expect(JSON.stringify(receipt)).not.toContain(workerId);
  for (const { amount_sats, status, proof } of receipt.payouts) {
    expect([amount_sats, status]).toEqual([500, 'paid']);
    const preimage = Buffer.from(proof?.preimage ?? '', 'hex');
    expect(createHash('sha256').update(preimage).digest('hex')).toBe(proof?.payment_hash);
  }
});
