'use client';

import { type RefObject, useMemo } from 'react';
import { pointerOfField } from './fields/field-id';
import { BasisContext, ChosenContext, FaultsContext, ROOT_SPOT } from './fields/form-context';
import { fieldTitle } from './fields/labels';
import { NodeField } from './fields/node-field';
import type { AnswerFault } from './form-validator';
import { PendingEditsProvider, useEditRegister } from './reading/pending-edits';
import { answerOfDraft, faultsOfAnswer } from './shape/answer-of';
import type { FormDraft } from './shape/draft';
import type { Edit } from './shape/edit-draft';
import type { Schema } from './shape/schema-parts';
import { ThemedForm } from './theme';

export interface SchemaFormProps {
  id: string;
  schema: Schema;
  draft: FormDraft;
  /** The draft with what fields have handed over since the last rendering. */
  latest: RefObject<FormDraft>;
  faults: AnswerFault[];
  onEdit: (edit: Edit) => void;
  /**
   * Gets what reads the answer, and what is wrong with it: what cannot be read, then what does not
   * fit. It may be called again, since some checks take a while.
   */
  onSubmit: (read: () => { answer: unknown; found: AnswerFault[] }) => void;
}

/** The fields that a schema asks for. */
export function SchemaForm(props: SchemaFormProps) {
  const { id, schema, draft, latest, faults, onEdit, onSubmit } = props;
  const register = useEditRegister();
  const basis = useMemo(() => ({ schema, edit: onEdit, Node: NodeField }), [schema, onEdit]);
  const byPointer = useMemo(() => {
    const map = new Map<string, string[]>();
    for (const { pointer, message } of faults) {
      map.set(pointer, [...(map.get(pointer) ?? []), message]);
    }
    return map;
  }, [faults]);
  return (
    <ThemedForm
      id={id}
      onSubmit={() => {
        // What is still in the fields comes into the answer.
        register.handOverAll();
        const unreadable = register
          .complaints()
          .map(([fieldId, message]) => ({ pointer: pointerOfField(fieldId), message }));
        onSubmit(() => {
          const answer = answerOfDraft(schema, latest.current);
          const others = faultsOfAnswer(schema, answer).filter(
            ({ pointer }) => !unreadable.some((each) => each.pointer === pointer),
          );
          return { answer: answer.value, found: [...unreadable, ...others] };
        });
      }}
    >
      <PendingEditsProvider value={register.edits}>
        <BasisContext value={basis}>
          <ChosenContext value={draft.chosen}>
            <FaultsContext value={byPointer}>
              <NodeField
                schema={schema}
                value={draft.data}
                spot={ROOT_SPOT}
                label={fieldTitle(schema, 'Answer', schema)}
                required
              />
            </FaultsContext>
          </ChosenContext>
        </BasisContext>
      </PendingEditsProvider>
    </ThemedForm>
  );
}
