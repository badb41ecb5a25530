import { describe, expect, it } from 'vitest';
import { choose, help } from './choose';

const chosen = (...args: string[]) => {
  const choice = choose(args);
  return choice.kind === 'command' ? [choice.command.words, ...choice.args] : choice.kind;
};

describe('humanrail', () => {
  it('starts where no command is named', () => {
    expect(chosen()).toEqual(['start']);
    expect(chosen('--verbose')).toEqual(['start', '--verbose']);
    expect(chosen('start', '--verbose')).toEqual(['start', '--verbose']);
  });

  it('takes commands of one word and of two, also as npm scripts are called', () => {
    expect(chosen('keys', 'create', '--mode', 'test')).toEqual(['keys create', '--mode', 'test']);
    expect(chosen('keys:create', '--json')).toEqual(['keys create', '--json']);
    expect(chosen('backup', 'file')).toEqual(['backup', 'file']);
    expect(chosen('ledger', 'check')).toEqual(['ledger check']);
  });

  it('leaves the client’s commands their own words', () => {
    expect(chosen('tasks', 'get', 'task_1')).toEqual(['tasks', 'tasks', 'get', 'task_1']);
    expect(chosen('listen', '--help')).toEqual(['listen', 'listen', '--help']);
  });

  it('tells of every command, and names one that is none', () => {
    expect([chosen('--help'), chosen('help'), chosen('start', '--help')]).toEqual([
      'help',
      'help',
      'help',
    ]);
    expect(chosen('--version')).toBe('version');
    expect(choose(['ledger', 'chek'])).toMatchObject({
      kind: 'unknown',
      message: expect.stringMatching(
        /^There is no command "ledger chek"; the commands are start, /,
      ),
    });
    expect(choose(['keys'])).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('"keys"'),
    });
    expect(help()).toContain('ledger check');
  });
});
