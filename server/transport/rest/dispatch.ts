import type { Method } from './operation';
import { type PathEntry, pathTable } from './path-table';

/**
 * Calls routes within the process, exactly like an external request.
 * @returns a function that handles a request, or returns null if no entry has its path
 */
export function dispatcher(
  entries: readonly PathEntry[],
): (request: Request) => Promise<Response> | null {
  const find = pathTable(entries);
  return (request) => {
    const found = find(new URL(request.url).pathname);
    return found ? found.route[request.method as Method](request, found.params) : null;
  };
}
