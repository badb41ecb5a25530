'use client';

import { type ReactNode, useState } from 'react';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import { LongText } from './long-text';

/** A text laid out as what it is, with a switch to the text as it stands. */
export function LaidOut(props: { text: string; label: string; as: string; children: ReactNode }) {
  const [view, setView] = useState('laid-out');
  return (
    <>
      <SegmentedControl
        size="xs"
        mb={8}
        value={view}
        onChange={setView}
        aria-label={`How ${props.label || 'it'} is shown`}
        data={[
          { value: 'laid-out', label: props.as },
          { value: 'text', label: 'Text' },
        ]}
      />
      {view === 'text' ? <LongText text={props.text} /> : props.children}
    </>
  );
}
