export type Area = 'dashboard' | 'work' | 'ops';

/** Where the documentation begins for those who use each area. */
export const DOCS: Record<Area, string> = {
  dashboard: '/docs/quickstart',
  work: '/docs/workers',
  ops: '/docs/self-hosting/console',
};
