import { expect, it } from 'vitest';
import { type TypedText, typedTextOf, valueToSend, withValue } from './typed-text';

const typing = (typed: TypedText, text: string): TypedText => ({ ...typed, text });
const sending = (typed: TypedText): TypedText => ({
  ...typed,
  sent: [...typed.sent, valueToSend(typed) ?? ''],
});

it('has something to hand over once the text differs, but for space around it', () => {
  const typed = typedTextOf('ab');
  expect(valueToSend(typed)).toBeUndefined();
  expect(valueToSend(typing(typed, ' ab '))).toBeUndefined();
  expect(valueToSend(typing(typed, 'ab c '))).toBe('ab c');
  expect(valueToSend(typing(typed, ''))).toBe('');
});

it('hands over a text once', () => {
  const sent = sending(typing(typedTextOf(''), 'ab'));
  expect(valueToSend(sent)).toBeUndefined();
  expect(valueToSend(typing(sent, ''))).toBe('');
});

it('leaves what was typed since, when what it handed over comes back', () => {
  const first = sending(typing(typedTextOf(''), 'ab '));
  const second = sending(typing(first, 'ab cd'));
  const back = withValue(typing(second, 'ab cde'), 'ab');
  expect(back).toEqual({ text: 'ab cde', value: 'ab', sent: ['ab cd'] });
  expect(valueToSend(back)).toBe('ab cde');
  // The first may never be seen.
  expect(withValue(second, 'ab cd')).toEqual({ text: 'ab cd', value: 'ab cd', sent: [] });
});

it('takes a value that comes by other means, and drops what was not handed over', () => {
  const typed = withValue(typing(sending(typing(typedTextOf(''), 'ab')), 'abc'), 'else');
  expect(typed).toEqual(typedTextOf('else'));
  expect(valueToSend(typed)).toBeUndefined();
});
