import { fieldIdsAround } from './fields/field-id';
import { labelOfPointer } from './fields/labels';
import type { AnswerFault } from './form-validator';
import type { FormDraft } from './shape/draft';
import { stepsOf } from './shape/pointer';
import { type Schema, typedNameOf } from './shape/schema-parts';
import classes from './task-form.module.css';

/** Elements that stand for a value: its field, the choice of a variant, what adds it, its entry. */
const ENDINGS = ['', '__oneof_select', '__anyof_select', '__open', '__named'];

/** Puts the cursor into a field, or onto its first option. */
export function focusField(formId: string, pointer: string): void {
  const form = document.getElementById(formId);
  // A fault may concern a part that has no field of its own; then the nearest around it.
  const isName = typedNameOf(stepsOf(pointer).at(-1) ?? '') !== null;
  const endings = isName ? ['-key', ...ENDINGS] : ENDINGS;
  const field = fieldIdsAround(pointer)
    .map((id) => endings.map((ending) => document.getElementById(id + ending)).find(Boolean))
    .find((each) => each !== undefined);
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
export function FaultSummary(props: {
  formId: string;
  schema: Schema;
  draft: FormDraft;
  faults: AnswerFault[];
}) {
  const { formId, schema, draft, faults } = props;
  return (
    <div role="alert">
      {faults.length > 0 ? (
        <div className={classes.summary}>
          <strong>{countOf(faults)}</strong>
          <ul>
            {faults.map(({ pointer, message }) => (
              <li key={`${pointer} ${message}`}>
                <button type="button" onClick={() => focusField(formId, pointer)}>
                  {pointer ? `${spoken(labelOfPointer(schema, draft, pointer))} ` : ''}
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
