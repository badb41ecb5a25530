import { Mark } from '@/components/ui/icons';
import classes from './docs.module.css';
import { ERROR_TYPES, type ErrorCode } from './error-codes';

/** What each error of the API means and what to do; `doc_url` leads to one of its headings. */
export function ErrorsPage() {
  return (
    <div className={classes.page}>
      <header>
        <a href="/" className={classes.brand}>
          <Mark />
          HumanRail
        </a>
      </header>
      <main>
        <h1>Errors</h1>
        <p>
          Every error has the same form. <code>code</code> is stable and made for programs,{' '}
          <code>message</code> is a sentence for people and may change, and <code>request_id</code>{' '}
          names the request in the instance’s log.
        </p>
        <pre>
          <code>{EXAMPLE}</code>
        </pre>
        {ERROR_TYPES.map(({ type, summary, codes }) => (
          <section key={type} aria-labelledby={`type-${type}`}>
            <h2 id={`type-${type}`}>{type}</h2>
            <p>{summary}</p>
            {codes.map((each) => (
              <Code key={each.code} {...each} />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}

function Code({ code, status, cause, remedy }: ErrorCode) {
  return (
    <article className={classes.entry}>
      <h3 id={code}>
        <code>{code}</code> <span>{status}</span>
      </h3>
      <p>
        <Text of={cause} />
      </p>
      <p>
        <Text of={remedy} />
      </p>
    </article>
  );
}

/** A sentence whose parts between backquotes are code. */
function Text({ of }: { of: string }) {
  const parts = of
    .split('`')
    .map((text, i) => ({ text, isCode: i % 2 === 1, key: `${i} ${text}` }));
  return parts.map(({ text, isCode, key }) =>
    isCode ? <code key={key}>{text}</code> : <span key={key}>{text}</span>,
  );
}

const EXAMPLE = `{
  "error": {
    "type": "validation_error",
    "code": "missing_field",
    "message": "payload is required.",
    "param": "payload",
    "details": [{ "param": "payload", "code": "missing_field", "message": "payload is required." }],
    "doc_url": "…/docs/errors#missing_field"
  },
  "request_id": "req_4b1f0c9d2e7a48b6a1d35c8e9f0b7a62"
}`;
