import { beforeAll, describe, expect, it } from 'vitest';
import { syncCatalog } from '@/server/features/task-types';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createWorker, workerActor } from '@/server/testing/factories';
import { answerWhole } from '@/server/testing/quiz-answers';
import { addNote } from './add-note';
import { countWorkers, findWorkers } from './find-workers';
import { startQuiz } from './start-quiz';
import { chooseSkills, saveAbout } from './take-steps';

useTestDatabase();
beforeAll(syncCatalog);

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'test' };
const idsOf = async (query: Parameters<typeof findWorkers>[1]) =>
  (await findWorkers(operator, query)).data.map(({ id }) => id);

describe('an operator’s list of workers', () => {
  it('finds them by state, name, address, id and skill', async () => {
    const ada = await createWorker({ skills: ['reads'], online: false });
    await db.worker.update({ where: { id: ada.id }, data: { displayName: 'Ada Óbuda' } });
    const user = await db.user.findUniqueOrThrow({ where: { id: ada.userId ?? '' } });
    const waiting = await createWorker({ online: false });
    await db.worker.update({
      where: { id: waiting.id },
      data: { status: 'paused', vetting: 'waiting' },
    });
    expect(await idsOf({ search: 'óbud' })).toEqual([ada.id]);
    expect(await idsOf({ search: user.email.toUpperCase() })).toEqual([ada.id]);
    expect(await idsOf({ search: ada.id })).toEqual([ada.id]);
    expect(await idsOf({ skill: 'reads' })).toEqual([ada.id]);
    expect(await idsOf({ state: 'waiting' })).toEqual([waiting.id]);
    expect(await idsOf({ state: 'online', search: ada.id })).toEqual([]);
    expect(await idsOf({ search: '%' })).toEqual([]);
    expect((await countWorkers(operator)).waiting).toBe(1);
  });

  it('shows what is known of each, and pages without gaps', async () => {
    const actor = await workerActor({ skills: ['general'] });
    await db.workerTypeRecord.create({
      data: {
        workerId: actor.workerId,
        organizationId: newId(),
        type: 'general',
        goldCorrect: 8,
        goldTotal: 10,
        accepted: 7,
        rejected: 1,
      },
    });
    await answerWhole(actor, await startQuiz(actor, { skill: 'content_review' }), 5);
    const [line] = (await findWorkers(operator, { search: actor.workerId })).data;
    expect(line).toMatchObject({
      answers: { accepted: 7, rejected: 1 },
      skills: [{ skill: 'general', correct: 8, total: 10 }],
      failedTries: [{ skill: 'content_review', tries: 1 }],
    });
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await findWorkers(operator, { limit: 1, ...(after ? { after } : {}) });
      seen.push(...page.data.map(({ id }) => id));
      if (!page.next_cursor) break;
      after = page.next_cursor;
    }
    expect(seen.length).toBe(await db.worker.count({ where: { mode: 'test' } }));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('shows what each says and asks for, how quizzes went, and what operators noted', async () => {
    const actor = await workerActor({ skills: [] });
    const { workerId } = actor;
    await saveAbout(actor, { about: 'I have translated for ten years.' });
    await chooseSkills(actor, { skills: ['content_review'] });
    await answerWhole(actor, await startQuiz(actor, { skill: 'content_review' }), 2);
    await addNote(operator, { workerId, text: 'Wrote to ask.' });
    await addNote(operator, { workerId, text: 'Answered well.' });
    const [line] = (await findWorkers(operator, { search: workerId })).data;
    expect(line).toMatchObject({
      about: 'I have translated for ten years.',
      skillsWanted: ['content_review'],
      quizzes: [{ skill: 'content_review', number: 1, questions: 5 }],
    });
    expect(line?.quizzes[0]?.right).toBeLessThan(5);
    expect(line?.notes.map(({ text }) => text)).toEqual(['Answered well.', 'Wrote to ask.']);
    await expect(addNote(actor, { workerId, text: 'Mine.' })).rejects.toMatchObject({
      status: 403,
    });
    const elsewhere: Actor = { ...operator, mode: 'live' };
    await expect(addNote(elsewhere, { workerId, text: 'There.' })).rejects.toMatchObject({
      status: 404,
    });
  });

  it('shows nothing of the other mode, and nothing to others', async () => {
    const live = await createWorker({ mode: 'live' });
    expect(await idsOf({ search: live.id })).toEqual([]);
    const actor = await workerActor();
    await expect(findWorkers(actor, {})).rejects.toMatchObject({ status: 403 });
    await expect(countWorkers(actor)).rejects.toMatchObject({ status: 403 });
  });
});
