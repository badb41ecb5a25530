import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { productEnvironment } from './environment';
import { readSettings } from './settings';

function privateTargets(given: Record<string, string>) {
  const env = {
    APP_SECRET: 's'.repeat(32),
    DATA_DIR: tmpdir(),
    NODE_ENV: 'test' as const,
    ...given,
  };
  const product = productEnvironment(readSettings([], env), env, {
    databaseUrl: 'postgresql://x',
    engineUrl: undefined,
  });
  return [product.WEBHOOKS_ALLOW_PRIVATE, product.MEDIA_ALLOW_PRIVATE];
}

describe('webhooks and media reach private addresses', () => {
  it.each<Record<string, string>>([
    {},
    { HOST: '127.0.0.1' },
    { HOST: '::1' },
    { PUBLIC_URL: 'http://127.0.0.1:4000' },
  ])('while only this machine is served: %j', (given) => {
    expect(privateTargets(given)).toEqual(['1', '1']);
  });

  it.each<Record<string, string>>([
    { HOST: '0.0.0.0' },
    { HOST: '::' },
    { HOST: '192.168.1.5' },
    { PUBLIC_URL: 'https://rail.example.com' },
    { DATABASE_URL: 'postgresql://elsewhere' },
  ])('not by default with %j', (given) => {
    expect(privateTargets(given)).toEqual(['0', '0']);
  });

  it('wherever they are set by hand', () => {
    const byHand = { WEBHOOKS_ALLOW_PRIVATE: '1', MEDIA_ALLOW_PRIVATE: '1' };
    expect(privateTargets({ HOST: '0.0.0.0', ...byHand })).toEqual(['1', '1']);
    expect(privateTargets({ WEBHOOKS_ALLOW_PRIVATE: '0', MEDIA_ALLOW_PRIVATE: '0' })).toEqual([
      '0',
      '0',
    ]);
  });
});
