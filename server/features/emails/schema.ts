import { z } from 'zod';
import { EMAIL_STATUSES } from './policy';

export type EmailStatus = (typeof EMAIL_STATUSES)[number];

export const ListEmailsQuery = z.object({
  limit: z.number().int().min(1).max(100).default(50),
  cursor: z.uuid().optional(),
  status: z.enum(EMAIL_STATUSES).optional(),
});
export type ListEmailsQuery = z.infer<typeof ListEmailsQuery>;

/** An e-mail in the list of the mailbox. */
export interface EmailLine {
  id: string;
  to: string;
  template: string;
  subject: string;
  status: EmailStatus;
  attemptCount: number;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
}

/** An opened e-mail; `text` is null if its content is readable by its recipient only. */
export interface OpenedEmail extends EmailLine {
  text: string | null;
}

/** A template in the list. */
export interface TemplateLine {
  name: string;
  about: string;
  subject: string;
  text: string;
}
