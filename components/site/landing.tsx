'use client';

import { Button } from '@mantine/core';
import Link from 'next/link';
import { CodeBlock } from '@/components/ui/code-block';
import { Mark } from '@/components/ui/icons';
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

/** The first page for somebody who does not know the product: what it does, in one call. */
export function Landing({ homeHref }: { homeHref: string | null }) {
  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <Link href="/" className={classes.brand}>
          <Mark />
          HumanRail
        </Link>
        <nav aria-label="Site" className={classes.links}>
          <Link href="/docs/quickstart" prefetch={false}>
            Docs
          </Link>
          <Button component={Link} href={homeHref ?? '/sign-in'} variant="default">
            {homeHref ? 'Open' : 'Sign in'}
          </Button>
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
              <Button component={Link} href={homeHref ?? '/sign-up'} size="md">
                {homeHref ? 'To the dashboard' : 'Create an organization'}
              </Button>
              <Button component={Link} href="/docs/quickstart" size="md" variant="default">
                Read the quickstart
              </Button>
              {homeHref ? null : (
                <Button component={Link} href="/work/sign-up" size="md" variant="default">
                  Work on tasks
                </Button>
              )}
            </div>
          </div>
          <CodeBlock code={SNIPPET} label="an example in TypeScript" />
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
