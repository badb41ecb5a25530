import { Icon, Mark } from '@/components/ui/icons';
import classes from './site.module.css';

const SNIPPET = `const task = await client.tasks.create({
  type: 'content_review',
  payload: { content: 'Great product, 5 stars!' },
  outputSchema: {
    type: 'object',
    required: ['verdict'],
    properties: {
      verdict: { enum: ['genuine', 'ai_generated'] },
    },
  },
  payoutSats: 500,
  slaSeconds: 300,
});

const { output } = await client.tasks
  .waitForCompletion(task.id);
// { verdict: 'genuine' }`;

const SNIPPET_NAME = 'an example in TypeScript';

const STEPS = [
  {
    title: 'Routed',
    text: 'Within seconds, to somebody online who holds the skills and can make the deadline.',
  },
  {
    title: 'Verified',
    text: 'Six stages, from schema to consensus, before the answer counts.',
  },
  {
    title: 'Paid',
    text: 'Every accepted answer, in sats, out of what was held when you asked.',
  },
  {
    title: 'Delivered',
    text: 'By signed webhook, or in one waiting call, in the shape you asked for.',
  },
];

/**
 * The first page for somebody who does not know the product: what it does, in one call. It is the same for everybody and
 * needs no code but the early script, so the build sends it `data-bare`: without React.
 */
export function Landing() {
  return (
    <div className={classes.page} data-bare>
      <header className={classes.bar}>
        <a href="/" className="brand">
          <Mark />
          HumanRail
        </a>
        <nav aria-label="Site" className={classes.links}>
          <a href="/docs/quickstart">Docs</a>
          <a href="/home" className={`${classes.button} when-signed-in`}>
            Open
          </a>
          <a href="/sign-in" className={`${classes.button} when-signed-out`}>
            Sign in
          </a>
        </nav>
      </header>
      <main>
        <section className={classes.hero}>
          <div>
            <h1 className={classes.title}>Ask a person, in one call.</h1>
            <p className={classes.lead}>
              Your agent posts a question and the JSON Schema of its answer. A qualified person
              answers, the answer is verified, the person is paid, and you get JSON back.
            </p>
            <div className={classes.actions}>
              <a href="/home" className={`${classes.mainButton} when-signed-in`}>
                To the dashboard
              </a>
              <a href="/sign-up" className={`${classes.mainButton} when-signed-out`}>
                Create an organization
              </a>
              <a href="/docs/quickstart" className={classes.largeButton}>
                Read the quickstart
              </a>
              <a href="/work/sign-up" className={`${classes.largeButton} when-signed-out`}>
                Work on tasks
              </a>
            </div>
          </div>
          <figure className={classes.code}>
            <section aria-label={SNIPPET_NAME}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
              <pre id="snippet" tabIndex={0}>
                {SNIPPET}
              </pre>
            </section>
            <button
              type="button"
              className={classes.copy}
              aria-label={`Copy ${SNIPPET_NAME}`}
              data-copies="snippet"
            >
              <Icon name="copy" size={14} />
              <span role="status" />
            </button>
          </figure>
        </section>
        <ol className={classes.steps}>
          {STEPS.map((step) => (
            <li key={step.title} className={classes.step}>
              <h2>{step.title}</h2>
              <p>{step.text}</p>
            </li>
          ))}
        </ol>
      </main>
    </div>
  );
}
