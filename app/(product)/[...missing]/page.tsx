import { notFound } from 'next/navigation';

/** Every address that nothing else has: said here, so that it is said under the request's own policy. */
export default function MissingPage() {
  notFound();
}
