import { notFound } from 'next/navigation';

/** The not-found page of all unknown addresses, rendered here so that it gets the request's own CSP. */
export default function MissingPage() {
  notFound();
}
