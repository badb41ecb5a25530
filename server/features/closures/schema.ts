import { z } from 'zod';

export const CloseOrganization = z.strictObject({
  /** Typed by the owner as confirmation, because closing is irreversible. */
  organizationName: z.string(),
  /** The remaining live balance as shown to the owner, so that none is lost unseen. */
  leavesSats: z.coerce.number().int().min(0),
});
export type CloseOrganization = z.infer<typeof CloseOrganization>;

/** What closing would end, and what blocks it. */
export interface ClosurePreview {
  organizationName: string;
  openTasks: number;
  members: number;
  keys: number;
  endpoints: number;
  liveSats: number;
}
