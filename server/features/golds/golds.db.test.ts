import { describe, expect, it } from 'vitest';
import { putTaskType, syncCatalog } from '@/server/features/task-types';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { changeGold } from './change-gold';
import { exportGolds } from './export-golds';
import { listGolds } from './list-golds';
import { addGold, checkGoldFile, importGolds } from './save-golds';

useTestDatabase();

const SCHEMA = {
  type: 'object',
  required: ['verdict', 'score'],
  properties: {
    verdict: { type: 'string', enum: ['real', 'fake'] },
    score: { type: 'integer' },
    sure: { type: 'boolean' },
    areas: { type: 'array', items: { type: 'string' } },
  },
};

async function setUp() {
  const organization = await createOrganization({ funds: 0n });
  const actor = await memberActor(organization, 'test', 'developer');
  await putTaskType(actor, 'coins', { output_schema: SCHEMA });
  return { organization, actor };
}

const gold = (coin: string, verdict = 'real') => ({
  payload: { coin },
  expected_output: { verdict, score: 1 },
});

describe('a gold of one’s own', () => {
  it('is added with its known answer, told with its health, and exported as it is imported', async () => {
    const { actor } = await setUp();
    const { id } = await addGold(actor, { type: 'coins', ...gold('Obol'), explanation: 'Worn.' });
    const { golds } = await listGolds(actor, 'coins');
    expect(golds).toMatchObject([
      {
        id,
        payload: { coin: 'Obol' },
        expectedOutput: { verdict: 'real', score: 1 },
        explanation: 'Worn.',
        health: { served: 0, correct: 0, state: 'unknown', discrimination: null },
      },
    ]);
    await db.gold.update({ where: { id }, data: { served: 10, correct: 9 } });
    const [told] = (await listGolds(actor, 'coins')).golds;
    expect(told?.health.share).toBeCloseTo(0.9);
    expect(told?.health.lower).toBeGreaterThan(0.5);
    expect(told?.health.upper).toBeLessThan(1);
    const text = await exportGolds(actor, 'coins');
    const { actor: other } = await setUp();
    expect(await importGolds(other, { type: 'coins', format: 'jsonl', text })).toEqual({
      imported: 1,
    });
  });

  it('must satisfy the schema, and be there once', async () => {
    const { actor } = await setUp();
    await expect(
      addGold(actor, { type: 'coins', payload: {}, expected_output: { verdict: 'odd', score: 1 } }),
    ).rejects.toMatchObject({ status: 400, param: 'expected_output' });
    await addGold(actor, { type: 'coins', ...gold('Obol') });
    await expect(addGold(actor, { type: 'coins', ...gold('Obol', 'fake') })).rejects.toMatchObject({
      param: 'payload',
    });
  });

  it('is retired and brought back, and kept for the quiz', async () => {
    const { actor } = await setUp();
    const { id } = await addGold(actor, { type: 'coins', ...gold('Obol') });
    await changeGold(actor, { id, retired: true });
    expect((await listGolds(actor, 'coins')).golds[0]?.retiredAt).toBeInstanceOf(Date);
    expect(await exportGolds(actor, 'coins')).toBe('');
    await changeGold(actor, { id, retired: false, quiz: true });
    expect((await listGolds(actor, 'coins')).golds[0]).toMatchObject({
      retiredAt: null,
      quiz: true,
    });
  });

  it('is nobody else’s, and what ships is told to nobody', async () => {
    await syncCatalog();
    const { organization, actor } = await setUp();
    const { id } = await addGold(actor, { type: 'coins', ...gold('Obol') });
    for (const stranger of [
      await memberActor(await createOrganization({ funds: 0n }), 'test'),
      await memberActor(organization, 'live'),
    ]) {
      await expect(listGolds(stranger, 'coins')).rejects.toMatchObject({ status: 404 });
      await expect(changeGold(stranger, { id, retired: true })).rejects.toMatchObject({
        status: 404,
      });
    }
    const shipped = await listGolds(actor, 'content_review');
    expect(shipped.golds).toEqual([]);
    expect(shipped.shipped).toBeGreaterThanOrEqual(10);
    const foreign = await db.gold.findFirstOrThrow({ where: { organizationId: null } });
    await expect(changeGold(actor, { id: foreign.id, retired: true })).rejects.toMatchObject({
      status: 404,
    });
    const viewer = await memberActor(organization, 'test', 'viewer');
    await expect(addGold(viewer, { type: 'coins', ...gold('Mina') })).rejects.toMatchObject({
      status: 403,
    });
  });
});

describe('a file of golds', () => {
  it('is read by the header of a CSV, cells as the schema wants them', async () => {
    const { actor } = await setUp();
    const text = [
      'payload.coin,payload.year,expected.verdict,expected.score,expected.sure,expected.areas,explanation,quiz',
      '"Obol, worn",0400,real,3,yes,edge;face,"He said ""worn""",no',
      '',
      'Mina,12,fake,0,,,,true',
    ].join('\r\n');
    const rows = await checkGoldFile(actor, { type: 'coins', format: 'csv', text });
    expect(rows.map(({ line, content }) => [line, content])).toEqual([
      [
        2,
        {
          payload: { coin: 'Obol, worn', year: '0400' },
          expected_output: { verdict: 'real', score: 3, sure: true, areas: ['edge', 'face'] },
          explanation: 'He said "worn"',
          quiz: false,
        },
      ],
      [4, expect.objectContaining({ expected_output: { verdict: 'fake', score: 0 }, quiz: true })],
    ]);
    expect(await importGolds(actor, { type: 'coins', format: 'csv', text })).toEqual({
      imported: 2,
    });
    expect((await listGolds(actor, 'coins')).golds).toHaveLength(2);
  });

  it('with one bad line is told every fault, and nothing of it is imported', async () => {
    const { actor } = await setUp();
    await addGold(actor, { type: 'coins', ...gold('There already') });
    const text = [
      JSON.stringify(gold('Good')),
      '{"payload": ',
      JSON.stringify(gold('Wrong', 'odd')),
      JSON.stringify(gold('Good')),
      JSON.stringify(gold('There already')),
      JSON.stringify({ payload: [], expected_output: {} }),
    ].join('\n');
    const file = { type: 'coins', format: 'jsonl' as const, text };
    const faults = (await checkGoldFile(actor, file)).map(({ line, fault }) => [line, fault]);
    expect(faults).toEqual([
      [1, null],
      [2, expect.stringContaining('not JSON')],
      [3, expect.stringContaining('/verdict')],
      [4, expect.stringContaining('line 1')],
      [5, expect.stringContaining('already')],
      [6, expect.stringContaining('payload')],
    ]);
    await expect(importGolds(actor, file)).rejects.toMatchObject({ status: 400 });
    expect((await listGolds(actor, 'coins')).golds).toHaveLength(1);
  });

  it.each([
    ['csv', 'payload.coin,verdict\nObol,real', /verdict/],
    ['csv', 'payload.coin,expected.score\nObol,many', /number/],
    ['csv', 'payload.coin,expected.score\nObol', /1 cells/],
    ['csv', '"open', /CSV/],
    ['jsonl', '\n\n', /no golds/],
  ] as const)('%s %j is refused in words', async (format, text, words) => {
    const { actor } = await setUp();
    const rows = await checkGoldFile(actor, { type: 'coins', format, text });
    expect(rows.map(({ fault }) => fault).join()).toMatch(words);
  });

  it('holds at most a thousand', async () => {
    const { actor } = await setUp();
    const lines = (count: number) =>
      Array.from({ length: count }, (_, n) => JSON.stringify(gold(`Coin ${n}`))).join('\n');
    const file = (count: number) => ({
      type: 'coins',
      format: 'jsonl' as const,
      text: lines(count),
    });
    await expect(importGolds(actor, file(1_001))).rejects.toMatchObject({ status: 400 });
    expect(await importGolds(actor, file(1_000))).toEqual({ imported: 1_000 });
  });
});
