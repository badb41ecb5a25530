import type { Method } from './operation';
import { type PathEntry, pathTable } from './path-table';

/**
 * Calls routes inside the process, through the same door as a request from outside.
 * @returns a function that answers a request, or gives null where no entry has its path
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
