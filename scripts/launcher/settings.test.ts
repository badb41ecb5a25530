import { describe, expect, it } from 'vitest';
import { StartError } from './failure';
import { readSettings } from './settings';

describe('what the launcher is told', () => {
  it('serves this machine only, unless HOST opens it', () => {
    expect(readSettings([], {}).hosts).toEqual(['127.0.0.1', '::1']);
    const open = readSettings([], { HOST: '0.0.0.0' });
    expect(open.hosts).toEqual(['0.0.0.0']);
    expect(open.localUrl).toBe('http://127.0.0.1:3000');
  });

  it.each(['0', '70000', 'abc', '80.5'])('refuses the port %s and names the variable', (port) => {
    expect(() => readSettings([], { PORT: port })).toThrow(/^PORT must be/);
  });

  it('refuses an option it does not have, and lists those it has', () => {
    expect(() => readSettings(['--prod'], {})).toThrow(/--dev, --verbose/);
  });

  it('lists every variable that is not what it should be', () => {
    const given = { LOG_LEVEL: 'loud', RATE_LIMIT_PER_MINUTE: 'many' };
    expect(() => readSettings([], given)).toThrow(/LOG_LEVEL[\s\S]*RATE_LIMIT_PER_MINUTE/);
  });

  it.each([{ ALLOWED_HOSTS: 'http://a' }, { TRUSTED_PROXIES: 'nginx' }])(
    'refuses %j before anything starts',
    (given) => {
      expect(() => readSettings([], given)).toThrow(StartError);
    },
  );

  it('leaves the engine to whoever INNGEST_* names', () => {
    expect(readSettings([], {}).externalEngine).toBe(false);
    const dev = { INNGEST_DEV: 'http://127.0.0.1:9999' };
    expect(readSettings([], dev).externalEngine).toBe(true);
  });
});
