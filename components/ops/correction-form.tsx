'use client';

import type { RJSFSchema } from '@rjsf/utils';
import { LazyTaskForm } from '@/components/task-form/lazy-task-form';

interface CorrectionFormProps {
  schema: Record<string, unknown>;
  value: unknown;
  onChange: (value: unknown) => void;
  onSubmit: (value: unknown) => void;
}

/** The worker's own form, in which a reviewer puts the answer right. */
export function CorrectionForm({ schema, value, onChange, onSubmit }: CorrectionFormProps) {
  return (
    <LazyTaskForm
      id="correction-form"
      schema={schema as RJSFSchema}
      value={value}
      refusals={[]}
      onChange={onChange}
      onSubmit={onSubmit}
    />
  );
}
