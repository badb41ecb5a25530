import { notFound } from 'next/navigation';

/** An address of the dashboard that leads nowhere, said inside its frame. */
export default function MissingPage(): never {
  notFound();
}
