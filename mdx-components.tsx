import { docsComponents } from '@/components/docs/docs-components';

/** What the tags of the documentation's pages become; Next looks for it here. */
export function useMDXComponents() {
  return docsComponents;
}
