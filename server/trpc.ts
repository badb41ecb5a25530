import { accountsRouter } from './features/accounts/trpc';
import { adjustmentsRouter } from './features/adjustments/trpc';
import { apiKeysRouter } from './features/api-keys/trpc';
import { appealsRouter } from './features/appeals/trpc';
import { booksRouter } from './features/books/trpc';
import { closuresRouter } from './features/closures/trpc';
import { customersRouter } from './features/customers/trpc';
import { depositsRouter } from './features/deposits/trpc';
import { emailsRouter } from './features/emails/trpc';
import { goldsRouter } from './features/golds/trpc';
import { insightRouter } from './features/insight/trpc';
import { l402Router } from './features/l402/trpc';
import { ledgerRouter } from './features/ledger/trpc';
import { onboardingRouter } from './features/onboarding/trpc';
import { operationsRouter } from './features/operations/trpc';
import { organizationsRouter, teamRouter } from './features/organizations/trpc';
import { payoutsRouter, railsRouter } from './features/payouts/trpc';
import { peopleRouter } from './features/people/trpc';
import { quotesRouter } from './features/quotes/trpc';
import { ratesRouter } from './features/rates/trpc';
import { receiptsRouter } from './features/receipts/trpc';
import { reconciliationRouter } from './features/reconciliation/trpc';
import { ownReviewsRouter, reviewsRouter } from './features/reviews/trpc';
import { queueRouter } from './features/routing/trpc';
import { settingsRouter } from './features/settings/trpc';
import { taskTypesRouter } from './features/task-types/trpc';
import { assignmentsRouter, tasksRouter } from './features/tasks/trpc';
import { usageRouter } from './features/usage/trpc';
import {
  backTestRouter,
  checksRouter,
  rulesRouter,
  standingRouter,
  votesRouter,
} from './features/verification/trpc';
import { deliveriesRouter, inspectorRouter, webhooksRouter } from './features/webhooks/trpc';
import { workersRouter } from './features/workers/trpc';
import { router } from './transport/trpc/init';

/** The table of contents of what the pages can ask for. */
export const appRouter = router({
  accounts: accountsRouter,
  adjustments: adjustmentsRouter,
  apiKeys: apiKeysRouter,
  appeals: appealsRouter,
  assignments: assignmentsRouter,
  backTest: backTestRouter,
  books: booksRouter,
  deliveries: deliveriesRouter,
  deposits: depositsRouter,
  checks: checksRouter,
  closures: closuresRouter,
  customers: customersRouter,
  emails: emailsRouter,
  golds: goldsRouter,
  insight: insightRouter,
  inspector: inspectorRouter,
  l402: l402Router,
  ledger: ledgerRouter,
  onboarding: onboardingRouter,
  operations: operationsRouter,
  organizations: organizationsRouter,
  ownReviews: ownReviewsRouter,
  payouts: payoutsRouter,
  people: peopleRouter,
  queue: queueRouter,
  quotes: quotesRouter,
  rails: railsRouter,
  rates: ratesRouter,
  receipts: receiptsRouter,
  reconciliation: reconciliationRouter,
  reviews: reviewsRouter,
  rules: rulesRouter,
  settings: settingsRouter,
  standing: standingRouter,
  tasks: tasksRouter,
  taskTypes: taskTypesRouter,
  team: teamRouter,
  votes: votesRouter,
  usage: usageRouter,
  webhooks: webhooksRouter,
  workers: workersRouter,
});
export type AppRouter = typeof appRouter;
