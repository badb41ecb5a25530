'use client';

import { TextInput, type TextInputProps } from '@mantine/core';
import { type ReactNode, type Ref, useEffect, useEffectEvent, useState } from 'react';
import { typedTextOf, valueToSend, withValue } from './typed-text';

const TYPING_MS = 250;

/** A filter that is typed; it counts once the typing pauses, and follows what changes it by other means. */
export function SearchField(
  props: Omit<TextInputProps, 'label' | 'value' | 'onChange' | 'rightSection'> & {
    label: string;
    value: string | undefined;
    /** Called with the trimmed text. */
    onChange: (text: string) => void;
    /** Shown at its end while it is empty. */
    hint?: ReactNode;
    ref?: Ref<HTMLInputElement>;
  },
) {
  const { label, value = '', onChange, hint = null, ...input } = props;
  const [typed, setTyped] = useState(() => typedTextOf(value));
  if (value !== typed.value) setTyped(withValue(typed, value));
  const send = useEffectEvent((next: string) => {
    setTyped((before) => ({ ...before, sent: [...before.sent, next] }));
    onChange(next);
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
      placeholder={label}
      maxLength={200}
      {...input}
      aria-label={label}
      rightSection={typed.text === '' ? hint : null}
      value={typed.text}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped((before) => ({ ...before, text }));
      }}
    />
  );
}
