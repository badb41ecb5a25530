'use client';

import type { WidgetProps } from '@rjsf/utils';
import { type KeyboardEvent, useMemo } from 'react';
import { hasDecimalComma, readNumber, stepped } from '@/components/task-form/reading/read-number';
import { type LineKind, LineWidget } from './line-widget';

const asNumber = (value: unknown) => (typeof value === 'number' ? value : undefined);

/** What `multipleOf` asks for, else 1. */
function stepOf({ multipleOf }: WidgetProps['schema']): number {
  return typeof multipleOf === 'number' && multipleOf > 0 ? multipleOf : 1;
}

/** A number, written as anyone writes it. The arrow keys step through. */
export function NumberWidget(props: WidgetProps) {
  const { schema, value, onChange } = props;
  const { minimum, maximum } = schema;
  const kind = useMemo((): LineKind => {
    const isWhole = [schema.type].flat().includes('integer');
    return {
      type: 'text',
      // The decimal keypads of phones have no minus.
      inputMode: typeof minimum === 'number' && minimum >= 0 ? 'decimal' : 'text',
      spellCheck: false,
      read: (text) =>
        readNumber(text, { isWhole, hasDecimalComma: hasDecimalComma(navigator.language) }),
    };
  }, [schema.type, minimum]);
  const current = asNumber(value);
  const step = (event: KeyboardEvent<HTMLInputElement>) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const isTyped = event.currentTarget.value !== (current === undefined ? '' : String(current));
    // What is typed and not read yet is not stepped from.
    if (isTyped) return;
    event.preventDefault();
    const next = current === undefined ? (minimum ?? 0) : stepped(current, stepOf(schema), by);
    onChange(Math.min(maximum ?? next, Math.max(minimum ?? next, next)));
  };
  return (
    <LineWidget
      {...props}
      kind={{
        ...kind,
        onKeyDown: step,
        attributes: {
          role: 'spinbutton',
          'aria-valuenow': current,
          'aria-valuemin': minimum,
          'aria-valuemax': maximum,
        },
      }}
    />
  );
}
