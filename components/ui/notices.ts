import { notifications } from '@mantine/notifications';
import { failureOf } from '@/components/trpc/failure';

/** Says that something was done. */
export function tell(message: string): void {
  notifications.show({ message });
}

/** Says that something went otherwise than hoped for. */
export function warn(message: string): void {
  notifications.show({ color: 'red', message, role: 'alert' });
}

/** Says that a request failed, and why, in the server's words. */
export function tellFailure(error: unknown): void {
  warn(failureOf(error).message);
}
