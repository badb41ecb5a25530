import type { RJSFSchema } from '@rjsf/utils';
import { fieldIdsAround } from './field-id';
import { type AnswerFault, stepsOf } from './form-validator';
import classes from './task-form.module.css';
import { fieldLabel } from './ui-schema';

/** Puts the cursor into a field, or onto its first option. */
export function focusField(formId: string, pointer: string): void {
  const form = document.getElementById(formId);
  // A fault may concern a part that has no field of its own; then the nearest around it.
  const field = fieldIdsAround(pointer)
    .map((id) => document.getElementById(id) ?? document.getElementById(`${id}__named`))
    .find((each) => each !== null);
  const inner = field?.matches('input, textarea, select, button')
    ? field
    : (field ?? form)?.querySelector<HTMLElement>(
        'input:enabled, textarea:enabled, select:enabled, button:enabled',
      );
  inner?.focus();
  inner?.scrollIntoView({ block: 'center' });
}

/** A label with an end to it: a question keeps its mark, a name gets a colon. */
function spoken(label: string): string {
  return /[?!.:]$/.test(label) ? label : `${label}:`;
}

function countOf(faults: AnswerFault[]): string {
  const missing = faults.every((fault) => fault.message === 'This is needed.');
  if (faults.length === 1) return missing ? 'One thing is missing' : 'One thing to put right';
  return missing ? `${faults.length} things are missing` : `${faults.length} things to put right`;
}

/** All that is wrong with an answer; each line leads to its field. */
export function FaultSummary(props: { formId: string; schema: RJSFSchema; faults: AnswerFault[] }) {
  const { formId, schema, faults } = props;
  return (
    <div role="alert">
      {faults.length > 0 ? (
        <div className={classes.summary}>
          <strong>{countOf(faults)}</strong>
          <ul>
            {faults.map(({ pointer, message }) => (
              <li key={`${pointer} ${message}`}>
                <button type="button" onClick={() => focusField(formId, pointer)}>
                  {pointer ? `${spoken(fieldLabel(schema, stepsOf(pointer)))} ` : ''}
                  {message}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
