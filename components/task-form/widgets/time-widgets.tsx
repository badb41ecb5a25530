'use client';

import type { WidgetProps } from '@rjsf/utils';
import { useEffect, useRef } from 'react';
import type { Reading } from '@/components/task-form/reading/pending-edits';
import {
  type BoxKind,
  boxTextOf,
  isLocalZone,
  localZone,
  textOfTime,
  withLocalZone,
  ZONELESS_DEFAULT,
  type ZonedTime,
  zonedTimeOf,
  zoneWords,
} from '@/components/task-form/reading/zoned-time';
import { asText, type LineKind, LineWidget, readText } from './line-widget';

const isHalf = (input: HTMLElement | null) =>
  input instanceof HTMLInputElement && input.validity.badInput;

const DATE: LineKind = {
  type: 'date',
  // Without it the box takes years of six digits.
  max: '9999-12-31',
  write: (value) => (/^\d{4}-\d\d-\d\d$/.test(asText(value)) ? asText(value) : ''),
  read: (text, input) =>
    isHalf(input) ? { wrong: 'Give day, month and year, or clear the date.' } : readText(text),
};

export const DateWidget = (props: WidgetProps) => <LineWidget {...props} kind={DATE} />;
export const MomentWidget = (props: WidgetProps) => <ZonedWidget {...props} kind="moment" />;
export const TimeWidget = (props: WidgetProps) => <ZonedWidget {...props} kind="time" />;

const WORDS: Record<BoxKind, string> = {
  moment: 'Give day, month, year and time, or clear the box.',
  time: 'Give hours and minutes, or clear the time.',
};

/** Which zone a box is in: one that was given, none, or the worker's own at the time in the box. */
type Zone = { given: string | null } | 'local';

function zoneOf(props: WidgetProps, kind: BoxKind, last: ZonedTime | null): Zone {
  const given = zonedTimeOf(props.schema.default);
  const isLocalDefault = props.schema[ZONELESS_DEFAULT] === true;
  const mayBeBare = String(props.schema.format).startsWith('iso-');
  if (given?.zone && !isLocalDefault && (!last || last.zone === given.zone)) {
    return { given: given.zone };
  }
  if (last?.zone) return isLocalZone(last) && last.day !== null ? 'local' : { given: last.zone };
  if (last) return mayBeBare ? { given: null } : 'local';
  // A time of day has no date, so that nobody's summer time is known.
  return kind === 'time' ? { given: mayBeBare ? null : 'Z' } : 'local';
}

function zoneNote(zone: Zone, time: ZonedTime | null): string {
  if (zone !== 'local') {
    return zone.given === null ? 'Without a time zone.' : `In ${zoneWords(zone.given)}.`;
  }
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const offset = time && localZone(time);
  const words = offset && timeZone !== 'UTC' ? `${timeZone}, ${zoneWords(offset)}` : timeZone;
  return `In your time zone, ${words}.`;
}

/** A text of the browser's box as the answer's text: with its zone, and what the box cannot show. */
function readBox(text: string, kind: BoxKind, zone: Zone, last: ZonedTime | null): Reading {
  if (text === '') return { value: undefined };
  const typed = zonedTimeOf(text);
  if (!typed) return { wrong: WORDS[kind] };
  const given = zone === 'local' ? localZone(typed) : zone.given;
  if (zone === 'local' && given === null) {
    return { wrong: 'The clocks skip this time in your time zone. Give another.' };
  }
  const isSameSecond = last?.clock.slice(-2) === typed.clock.slice(-2);
  const fraction = typed.fraction || (isSameSecond ? (last?.fraction ?? '') : '');
  return { value: textOfTime({ ...typed, fraction, zone: given }) };
}

function ZonedWidget({ kind, ...props }: Omit<WidgetProps, 'kind'> & { kind: BoxKind }) {
  const { format } = props.schema;
  const current = zonedTimeOf(props.value);
  // While the box is half filled there is no value; its zone is still the one it had.
  const last = useRef(current);
  useEffect(() => {
    if (current) last.current = current;
  });
  const known = current ?? last.current;
  const zone = zoneOf(props as WidgetProps, kind, known);
  const note = zoneNote(zone, known);
  const isZoneless = props.schema[ZONELESS_DEFAULT] === true;
  const line: LineKind = {
    type: kind === 'moment' ? 'datetime-local' : 'time',
    ...(kind === 'moment' ? { max: '9999-12-31T23:59' } : {}),
    write: (value) => boxTextOf(zonedTimeOf(value), kind),
    read: (text, input) => {
      if (isHalf(input)) return { wrong: WORDS[kind] };
      // Once it is cleared, nothing of the former time is left to keep.
      if (text === '') last.current = null;
      return readBox(text, kind, zone, known);
    },
    settle: (value) => withLocalZone(value, format),
    note: isZoneless ? `${note} It was given without one.` : note,
  };
  return <LineWidget {...(props as WidgetProps)} kind={line} />;
}
