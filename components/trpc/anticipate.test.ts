import { dehydrate, hydrate, QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { anticipate } from './anticipate';

const queryKey = ['profile'];

/** A page that shows the query, and has asked for it when what the server sent along arrives. */
function slowPage() {
  const client = new QueryClient();
  const answers: ((answer: { online: boolean }) => void)[] = [];
  const queryFn = () => new Promise<{ online: boolean }>((resolve) => answers.push(resolve));
  const stop = new QueryObserver(client, { queryKey, queryFn }).subscribe(() => undefined);
  const server = new QueryClient();
  server.setQueryData(queryKey, { online: false });
  hydrate(client, dehydrate(server));
  return { client, answers, stop };
}

describe('what a change will lead to', () => {
  it('shows at once, and a question asked before does not undo it', async () => {
    const { client, answers, stop } = slowPage();
    const before = await anticipate(client, queryKey, () => ({ online: true }));
    answers[0]?.({ online: false });
    await new Promise((resolve) => setTimeout(resolve));
    expect(before).toEqual({ online: false });
    expect(client.getQueryData(queryKey)).toEqual({ online: true });
    stop();
  });

  it('is asked anew afterwards, not taken from the answer under way', async () => {
    const { client, answers, stop } = slowPage();
    await anticipate(client, queryKey, () => ({ online: true }));
    const read = client.invalidateQueries({ queryKey });
    expect(answers).toHaveLength(2);
    answers[0]?.({ online: false });
    answers[1]?.({ online: true });
    await read;
    expect(client.getQueryData(queryKey)).toEqual({ online: true });
    stop();
  });

  it('is not guessed where nothing is known', async () => {
    const client = new QueryClient();
    const before = await anticipate(client, queryKey, () => {
      throw new Error('asked');
    });
    expect(before).toBeUndefined();
    expect(client.getQueryData(queryKey)).toBeUndefined();
  });
});
