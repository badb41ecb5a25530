'use client';

import { type FormEvent, useEffect, useId, useState } from 'react';
import { CallInputs } from './call-inputs';
import { CallOutcome } from './call-outcome';
import { type DescribedCall, describeCall } from './described-call';
import { EFFECTS } from './effects';
import { rememberedId, rememberedKey, rememberId, rememberKey } from './remembered';
import { addressOf, keyFault, type Outcome, sendCall } from './send-call';
import classes from './try-it.module.css';

/** The form of a call, and what it answered. */
export default function TryItPanel({ operation }: { operation: string }) {
  const [call, setCall] = useState<DescribedCall | null>(null);
  const [fault, setFault] = useState('');
  useEffect(() => {
    describeCall(operation).then(setCall, (error: Error) =>
      setFault(`The call cannot be described: ${error.message}`),
    );
  }, [operation]);
  if (fault) return <p role="alert">{fault}</p>;
  return call ? <CallForm call={call} /> : <p role="status">One moment …</p>;
}

function CallForm({ call }: { call: DescribedCall }) {
  const id = useId();
  const [key, setKey] = useState(rememberedKey);
  const [values, setValues] = useState(() => startingValues(call));
  const [body, setBody] = useState(call.body);
  const [isSending, setIsSending] = useState(false);
  const [fault, setFault] = useState('');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const address = addressOf(call, values);

  const send = async () => {
    const wrong = call.needsKey ? keyFault(key) : null;
    setFault(wrong ?? '');
    if (wrong) return;
    setIsSending(true);
    try {
      const answer = await sendCall(call, address, { key, body });
      if (call.needsKey) rememberKey(key);
      if (answer.status < 300) rememberId(address, answer.body);
      setOutcome(answer);
    } catch {
      setOutcome(null);
      setFault('No answer came. Is the instance still running?');
    } finally {
      setIsSending(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const takeKey = (text: string) => {
    setKey(text.trim());
    setFault(text.trim() ? (keyFault(text.trim()) ?? '') : '');
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p className={classes.address}>
        <strong>{call.method}</strong> <code>{address}</code>
      </p>
      {call.id in EFFECTS ? <p className={classes.effect}>{EFFECTS[call.id]}</p> : null}
      {call.needsKey ? (
        <div className={classes.field}>
          <label htmlFor={`${id}-key`}>Test key</label>
          <input
            id={`${id}-key`}
            type="password"
            autoComplete="off"
            spellCheck={false}
            placeholder="ek_test_…"
            value={key}
            aria-describedby={`${id}-key-note`}
            aria-invalid={fault !== '' && keyFault(key) !== null}
            onChange={(event) => takeKey(event.target.value)}
          />
          <p id={`${id}-key-note`}>Kept in this tab, and sent to this instance only.</p>
        </div>
      ) : null}
      <CallInputs
        inputs={call.inputs}
        values={values}
        onChange={(name, value) => setValues((now) => ({ ...now, [name]: value }))}
      />
      {body === null ? null : (
        <div className={classes.field}>
          <label htmlFor={`${id}-body`}>Body</label>
          <textarea
            id={`${id}-body`}
            spellCheck={false}
            rows={Math.min(18, body.split('\n').length + 1)}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        </div>
      )}
      <button type="submit" className={classes.send} disabled={isSending}>
        {isSending ? 'Sending …' : `Send: ${call.summary}`}
      </button>
      <p role="alert" className={classes.fault}>
        {fault}
      </p>
      <CallOutcome outcome={outcome} />
    </form>
  );
}

/** The example's values; ids are those of what was made here, if anything was. */
function startingValues({ path, inputs }: DescribedCall): Record<string, string> {
  return Object.fromEntries(
    inputs.map(({ name, example }) => [
      name,
      (name === 'id' ? rememberedId(path) : undefined) ?? example,
    ]),
  );
}
