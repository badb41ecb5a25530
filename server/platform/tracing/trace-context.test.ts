import { describe, expect, it } from 'vitest';
import { callerTrace, readTraceContext, spanIdOf, traceHeaders, traceIdOf } from './trace-context';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('a traceparent', () => {
  it.each([
    ['sampled', `00-${TRACE}-${SPAN}-01`, true],
    ['not sampled', `00-${TRACE}-${SPAN}-00`, false],
    ['with flags of a later level', `00-${TRACE}-${SPAN}-03`, true],
    ['of a later version, which may say more', `01-${TRACE}-${SPAN}-01-what-comes`, true],
  ])('is read: %s', (_, text, isSampled) => {
    const state = null;
    expect(readTraceContext(text, null)).toEqual({
      traceId: TRACE,
      spanId: SPAN,
      isSampled,
      state,
    });
  });

  it.each([
    ['absent', null],
    ['empty', ''],
    ['some text', 'a trace'],
    ['of the version that is none', `ff-${TRACE}-${SPAN}-01`],
    ['of no trace', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['of no span', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['in capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['too short', `00-${TRACE.slice(1)}-${SPAN}-01`],
    ['longer than its version has it', `00-${TRACE}-${SPAN}-01-more`],
  ])('counts for nothing: %s', (_, text) => {
    expect(readTraceContext(text, 'vendor=1')).toBeNull();
  });

  it('is written as it is read, with the flags that we know of', () => {
    const text = `01-${TRACE}-${SPAN}-03-more`;
    const headers = new Headers({ traceparent: text, tracestate: 'a=1, b@c=2' });
    expect(callerTrace(headers)).toEqual({
      traceparent: `00-${TRACE}-${SPAN}-01`,
      tracestate: 'a=1,b@c=2',
    });
  });
});

describe('a tracestate', () => {
  const stateOf = (text: string) => readTraceContext(`00-${TRACE}-${SPAN}-01`, text)?.state;

  it.each([
    ['too long', `a=${'x'.repeat(255)},b=${'x'.repeat(255)}`],
    ['of too many', Array.from({ length: 33 }, (_, n) => `v${n}=1`).join()],
    ['without a value', 'vendor'],
    ['with characters that no header has', 'vendor=\u00e9'],
  ])('is left out alone: %s', (_, text) => {
    expect(stateOf(text)).toBeNull();
  });

  it('may have 512 characters', () => {
    const text = `a=${'x'.repeat(253)},b=${'x'.repeat(254)}`;
    expect(text).toHaveLength(512);
    expect(stateOf(text)).toBe(text);
  });
});

it('things have ids of their own, the same each time', () => {
  expect(spanIdOf('task:1')).toMatch(/^[0-9a-f]{16}$/);
  expect(spanIdOf('task:1')).toBe(spanIdOf('task:1'));
  expect(spanIdOf('task:1')).not.toBe(spanIdOf('task:2'));
  const context = { traceId: traceIdOf('task:1'), spanId: spanIdOf('task:1') };
  const { traceparent } = traceHeaders({ ...context, isSampled: true, state: null });
  expect(readTraceContext(traceparent, null)).toMatchObject(context);
});
