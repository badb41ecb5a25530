import type { Outcome } from './send-call';
import classes from './try-it.module.css';

/** What a call answered. */
export function CallOutcome({ outcome }: { outcome: Outcome | null }) {
  return (
    <>
      <p role="status" className={classes.status}>
        {outcome ? (
          <>
            <strong data-ok={outcome.status < 400}>
              {outcome.status} {outcome.statusText}
            </strong>{' '}
            in {outcome.milliseconds} ms
          </>
        ) : null}
      </p>
      {outcome ? (
        <>
          <dl className={classes.headers}>
            {outcome.headers.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <section aria-label="Body of the answer">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre className={classes.body} tabIndex={0}>
              {outcome.body}
            </pre>
          </section>
        </>
      ) : null}
    </>
  );
}
