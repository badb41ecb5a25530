'use client';

import { TextInput } from '@mantine/core';
import { type Ref, useEffect, useEffectEvent, useState } from 'react';
import { typedTextOf, valueToSend, withValue } from './typed-text';

const TYPING_MS = 250;

/** A filter that is typed; it counts once the typing pauses, and follows what changes it by other means. */
export function SearchField(props: {
  label: string;
  placeholder?: string;
  value: string | undefined;
  /** Called with the trimmed text. */
  onChange: (text: string) => void;
  maxLength?: number;
  className?: string | undefined;
  ref?: Ref<HTMLInputElement>;
}) {
  const { label, placeholder = label, value = '', maxLength = 200, className, ref } = props;
  const [typed, setTyped] = useState(() => typedTextOf(value));
  if (value !== typed.value) setTyped(withValue(typed, value));
  const send = useEffectEvent((next: string) => {
    setTyped((before) => ({ ...before, sent: [...before.sent, next] }));
    props.onChange(next);
  });
  const next = valueToSend(typed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each letter begins the pause again
  useEffect(() => {
    if (next === undefined) return;
    const timer = setTimeout(() => send(next), TYPING_MS);
    return () => clearTimeout(timer);
  }, [next, typed.text]);
  return (
    <TextInput
      ref={ref}
      className={className}
      aria-label={label}
      placeholder={placeholder}
      maxLength={maxLength}
      value={typed.text}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped((before) => ({ ...before, text }));
      }}
    />
  );
}
