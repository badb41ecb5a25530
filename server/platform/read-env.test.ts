import { describe, expect, it } from 'vitest';
import { readEnv } from './read-env';

const keys = {
  INNGEST_EVENT_KEY: 'abc-123',
  INNGEST_SIGNING_KEY: 'signkey-prod-0123456789abcdef',
};

describe('the engine’s variables', () => {
  it.each([
    [{}],
    [{ INNGEST_BASE_URL: 'http://inngest:8288', ...keys }],
    [{ INNGEST_DEV: '1' }],
    [{ INNGEST_DEV: 'http://127.0.0.1:8288', HOST: '127.0.0.1' }],
    [{ INNGEST_DEV: '0', INNGEST_BASE_URL: 'http://inngest:8288', ...keys, HOST: '0.0.0.0' }],
  ])('accepts %j', (given) => {
    expect(() => readEnv(given)).not.toThrow();
  });

  it.each([
    [
      'an engine without keys',
      { INNGEST_BASE_URL: 'http://inngest:8288' },
      /INNGEST_EVENT_KEY[\s\S]*INNGEST_SIGNING_KEY/,
    ],
    [
      'a key that is not hexadecimal',
      { ...keys, INNGEST_SIGNING_KEY: 'signkey-prod-xyz' },
      /hexadecimal/,
    ],
    ['a key of half a byte', { ...keys, INNGEST_SIGNING_KEY: '0123456789abcdef0' }, /even number/],
    ['an event key that changes the address', { INNGEST_EVENT_KEY: 'a/../b' }, /INNGEST_EVENT_KEY/],
    [
      'development mode for a server elsewhere',
      { INNGEST_DEV: 'http://inngest:8288' },
      /INNGEST_DEV/,
    ],
    [
      'development mode on the network',
      { INNGEST_DEV: '1', HOST: '0.0.0.0' },
      /HOST must be this machine/,
    ],
    [
      'two engines',
      { INNGEST_DEV: '1', INNGEST_BASE_URL: 'http://inngest:8288', ...keys },
      /must not be set together/,
    ],
  ])('refuses %s', (_, given, message) => {
    expect(() => readEnv(given)).toThrow(message);
  });

  it('does not repeat a secret in the message', () => {
    const secret = { APP_SECRET: 'hunter2', INNGEST_SIGNING_KEY: 'hunter3' };
    expect(() => readEnv(secret)).toThrow(/7 characters/);
    expect(() => readEnv(secret)).not.toThrow(/hunter/);
  });
});
