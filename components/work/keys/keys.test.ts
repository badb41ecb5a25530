import { describe, expect, it } from 'vitest';
import { bindingsOf, COMMAND_NAMES, COMMANDS, keyLabel, refusalOf } from './commands';
import { type KeyPress, keyTextsOf } from './key-text';

const press = (key: string, code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  altGraph: false,
  ...more,
});

describe('a key press is called', () => {
  it.each([
    ['by the character it types', press('a', 'KeyA'), ['a']],
    ['the same with caps lock', press('A', 'KeyA'), ['a']],
    [
      'with Shift where that is no part of the character',
      press('A', 'KeyA', { shiftKey: true }),
      ['Shift+a'],
    ],
    ['by its character on a French keyboard, not its place', press('q', 'KeyA'), ['q']],
    ['? wherever the layout has it', press('?', 'Minus', { shiftKey: true }), ['?']],
    ['/ behind Shift on a German keyboard', press('/', 'Digit7', { shiftKey: true }), ['/']],
    ['by its place where the letters are not Latin', press('ф', 'KeyA'), ['ф', 'a']],
    ['a digit where a French keyboard has & first', press('&', 'Digit1'), ['&', '1']],
    ['by what it types on the number pad', press('4', 'Numpad4'), ['4']],
    ['with Mod for Ctrl', press('Enter', 'Enter', { ctrlKey: true }), ['Mod+Enter']],
    [
      'with Mod for ⌘',
      press('Enter', 'Enter', { metaKey: true, shiftKey: true }),
      ['Mod+Shift+Enter'],
    ],
    [
      'without Ctrl and Alt where they are AltGr',
      press('@', 'KeyQ', { ctrlKey: true, altKey: true, altGraph: true }),
      ['@'],
    ],
    [
      'nothing while only a modifier is down',
      press('Control', 'ControlLeft', { ctrlKey: true }),
      [],
    ],
    ['nothing for a dead key', press('Dead', 'BracketLeft'), []],
  ])('%s', (_, event, texts) => {
    expect(keyTextsOf(event)).toEqual(texts);
  });
});

describe('the commands', () => {
  const defaults = bindingsOf({});

  it('have defaults that each would be allowed', () => {
    for (const name of COMMAND_NAMES) {
      expect(refusalOf(name, COMMANDS[name].key, defaults), name).toBeNull();
    }
  });

  it('take the worker’s own keys, and ignore keys of commands that are gone', () => {
    const bindings = bindingsOf({ next: 'g', gone: 'z' });
    expect(bindings.next).toBe('g');
    expect(bindings.undo).toBe('u');
    expect(Object.keys(bindings)).toEqual(COMMAND_NAMES);
  });

  it('say in words why a key cannot be theirs', () => {
    expect(refusalOf('next', 'j', defaults)).toMatch(/already means “Go to the next task/);
    expect(refusalOf('take', 'u', defaults)).toMatch(/already means/);
    expect(refusalOf('undo', 't', defaults)).toMatch(/already means/);
    expect(refusalOf('giveBack', '3', defaults)).toMatch(/answers questions/);
    expect(refusalOf('undo', 'y', defaults)).toMatch(/answers questions/);
    expect(refusalOf('next', 'Tab', defaults)).toMatch(/move about/);
    expect(refusalOf('next', 'ArrowDown', defaults)).toMatch(/move about/);
    expect(refusalOf('submit', 'Mod+w', defaults)).toMatch(/browser/);
    // A queue and a task are never on one page.
    expect(refusalOf('next', 'r', defaults)).toBeNull();
    expect(refusalOf('giveBack', 'Mod+b', defaults)).toBeNull();
  });

  it('are printed as people know the keys', () => {
    expect(keyLabel('Mod+Shift+Enter')).toBe('Ctrl Shift ↵');
    expect(keyLabel('Mod+Enter', true)).toBe('⌘ ↵');
    expect(keyLabel('a')).toBe('A');
    expect(keyLabel('+')).toBe('+');
    expect(keyLabel('Mod++')).toBe('Ctrl +');
  });
});
