import { notFound } from 'next/navigation';

/** The not-found page of the dashboard, inside its layout. */
export default function MissingPage(): never {
  notFound();
}
