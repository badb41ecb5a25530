import { expect, it } from 'vitest';
import { whileSignedIn } from './while-signed-in';

/** Yields every 50 ms until its reader leaves. */
async function* busy(): AsyncGenerator<number> {
  for (let n = 0; ; n++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    yield n;
  }
}

async function* silent(): AsyncGenerator<number> {
  await new Promise(() => undefined);
  yield 0;
}

it.concurrent.each([
  ['a busy stream', busy],
  ['a silent stream', silent],
])('%s ends within five seconds of its session', async (_name, stream) => {
  let signedIn = true;
  setTimeout(() => {
    signedIn = false;
  }, 100);
  const startMs = performance.now();
  const read = async () => {
    for await (const _ of whileSignedIn(stream(), async () => signedIn)) {
      if (performance.now() - startMs > 4_500) throw new Error('It goes on.');
    }
  };
  await expect(read()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect(performance.now() - startMs).toBeLessThan(5_000);
});

it.concurrent('leaves no rejection unhandled where its reader asked ahead and went away', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const asked = whileSignedIn(silent(), async () => false).next();
  // After the next session check, and the tick in which Node reports unhandled rejections.
  await new Promise((resolve) => setTimeout(resolve, 2_200));
  process.off('unhandledRejection', note);
  await expect(asked).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect(unhandled).toEqual([]);
});
