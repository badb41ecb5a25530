import type { ReactNode } from 'react';

/**
 * Stands in for the Markdown of the form library, by the name that it has there (`next.config.js`): descriptions of schemas
 * are shown as they are written, and what else it would format are the library's own notes, which the theme replaces.
 */
export function Markdown({ children }: { children: ReactNode }) {
  return <>{children}</>;
}
