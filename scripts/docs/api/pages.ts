/** A page of the reference: one tag's operations. */
export interface ApiPage {
  tag: string;
  /** Slug without `api/`; its examples have the same name. */
  name: string;
  title: string;
  description: string;
  /** Objects of the document described here, for every link to them. */
  objects: string[];
  hasExamples: boolean;
}

export const API_PAGES: ApiPage[] = [
  {
    tag: 'Tasks',
    name: 'tasks',
    title: 'Tasks',
    description: 'Create, read, list and cancel tasks; their timelines, receipts and quotes.',
    objects: ['Task'],
    hasExamples: true,
  },
  {
    tag: 'Webhooks',
    name: 'webhooks',
    title: 'Webhooks',
    description: 'Endpoints that events are posted to, their secrets and their deliveries.',
    objects: ['Endpoint', 'Delivery', 'Event'],
    hasExamples: true,
  },
  {
    tag: 'Task types',
    name: 'task-types',
    title: 'Task types',
    description: 'Defaults that tasks of a type take for what they leave out.',
    objects: ['TaskType', 'VerificationPolicy', 'Gold'],
    hasExamples: true,
  },
  {
    tag: 'L402',
    name: 'l402',
    title: 'L402',
    description: 'What a token has bought that was paid for without an API key, and its refund.',
    objects: ['L402Purchase'],
    // It needs a wallet that pays.
    hasExamples: false,
  },
  {
    tag: 'Test clock',
    name: 'test-clock',
    title: 'Test clock',
    description: 'What time it is in test mode, and what falls due as it moves.',
    objects: ['TestClock', 'AdvancedTestClock'],
    // An example that stops the clock would affect concurrent ones: see the page on rehearsals.
    hasExamples: false,
  },
  {
    tag: 'Usage',
    name: 'usage',
    title: 'Usage and balance',
    description: 'What was asked and spent, and what can be spent.',
    objects: [],
    hasExamples: true,
  },
  {
    tag: 'About',
    name: 'openapi',
    title: 'OpenAPI description',
    description: 'The description of the API that this reference is made of.',
    objects: [],
    hasExamples: false,
  },
];
