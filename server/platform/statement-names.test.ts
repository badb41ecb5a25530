import { describe, expect, it } from 'vitest';
import { StatementNames } from './statement-names';

describe('names of statements', () => {
  it('are given to what comes often, the same each time and in every copy of the module', () => {
    const [one, other] = [new StatementNames(), new StatementNames()];
    const names = Array.from({ length: 6 }, () => one.nameOf('SELECT 1'));
    expect(names.slice(0, 3)).toEqual(['', '', '']);
    expect(new Set(names.slice(3)).size).toBe(1);
    expect(names[3]).not.toBe('');
    for (let n = 0; n < 3; n++) other.nameOf('SELECT 1');
    expect(other.nameOf('SELECT 1')).toBe(names[3]);
  });

  it('are never too long for Postgres, and differ where the texts do', () => {
    const names = new StatementNames();
    const nameOf = (text: string) => {
      for (let n = 0; n < 3; n++) names.nameOf(text);
      return names.nameOf(text);
    };
    const long = 'x'.repeat(100_000);
    expect(nameOf(long)).not.toBe(nameOf(`${long} `));
    expect(nameOf(long).length).toBeLessThan(64);
  });

  it('are few, however many texts come', () => {
    const names = new StatementNames();
    const given = new Set<string>();
    for (let text = 0; text < 1_000; text++) {
      for (let n = 0; n < 5; n++) given.add(names.nameOf(`SELECT ${text}`));
    }
    expect(given.size).toBeLessThanOrEqual(251);
  });

  it('are new ones once what statements return has changed', () => {
    const names = new StatementNames();
    for (let n = 0; n < 4; n++) names.nameOf('SELECT *');
    const before = names.nameOf('SELECT *');
    names.renew();
    for (let n = 0; n < 4; n++) names.nameOf('SELECT *');
    expect(names.nameOf('SELECT *')).not.toBe(before);
  });
});
