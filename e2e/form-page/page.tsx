import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@fontsource-variable/geist';
import '@fontsource-variable/geist-mono';
import '@/app/global.css';
import { Button } from '@mantine/core';
import type { RJSFSchema } from '@rjsf/utils';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { PayloadView } from '@/components/payload/payload-view';
import { TaskForm } from '@/components/task-form/task-form';
import { AppTheme } from '@/components/ui/theme/app-theme';
import { readLocalDraft, writeLocalDraft } from '@/components/work/answers/draft-storage';
import { useAnswerKeys } from '@/components/work/task/use-answer-keys';
import type { ShownForm, Submission } from './shown-form';

const FORM_ID = 'answer-form';
const SHOWN = 'form-page:shown';

/** Functions that tests call in the page; JSON is passed as text, so that names and numbers stay unchanged. */
declare global {
  interface Window {
    /** Shows the form of `ShownForm` as JSON, and keeps it for reloads. */
    showForm: (json: string) => void;
    submission: Submission | undefined;
  }
}

/** The worker's form as in the task page: buttons outside, the draft stored in the browser. */
function Desk({ shown }: { shown: ShownForm }) {
  const [value, setValue] = useState<unknown>(undefined);
  const [state, setState] = useState<'reading' | 'unsent' | 'submitted'>('reading');
  useAnswerKeys(FORM_ID);
  // As on the task page, the form renders before the draft is loaded.
  useEffect(() => {
    setValue(readLocalDraft(shown.id)?.value);
    setState('unsent');
  }, [shown.id]);
  return (
    <main data-shown={shown.id} data-state={state} style={{ padding: '16px 16px 80px' }}>
      {shown.payload ? <PayloadView payload={shown.payload} /> : null}
      <TaskForm
        id={FORM_ID}
        schema={shown.schema as RJSFSchema}
        value={value}
        refusals={[]}
        onChange={(next) => {
          setValue(next);
          writeLocalDraft(shown.id, { value: next, savedAtMs: Date.now() });
        }}
        onSubmit={(output) => {
          window.submission = { json: JSON.stringify(output) };
          setState('submitted');
        }}
      />
      {/* Where it stays while the form grows and shrinks, as on the task page. */}
      <Button
        pos="fixed"
        bottom={16}
        right={16}
        onClick={() => document.querySelector<HTMLFormElement>(`#${FORM_ID}`)?.requestSubmit()}
      >
        Submit
      </Button>
    </main>
  );
}

const root = createRoot(document.getElementById('form-page') as HTMLElement);
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;

function render(json: string | null) {
  const shown = json === null ? null : (JSON.parse(json) as ShownForm);
  window.submission = undefined;
  root.render(
    <AppTheme nonce={nonce}>{shown ? <Desk key={shown.id} shown={shown} /> : null}</AppTheme>,
  );
}

window.showForm = (json) => {
  const { id, value } = JSON.parse(json) as ShownForm;
  sessionStorage.setItem(SHOWN, json);
  writeLocalDraft(id, value === undefined ? null : { value, savedAtMs: Date.now() });
  render(json);
};
render(sessionStorage.getItem(SHOWN));
