import { z } from 'zod';

export const CloseOrganization = z.strictObject({
  /** Typed out, as it cannot be taken back. */
  organizationName: z.string(),
  /** The live sats that stay behind, as they were shown; none are spent or lost unseen. */
  leavesSats: z.coerce.number().int().min(0),
});
export type CloseOrganization = z.infer<typeof CloseOrganization>;

/** What closing would end, and what stands in its way. */
export interface ClosurePreview {
  organizationName: string;
  openTasks: number;
  members: number;
  keys: number;
  endpoints: number;
  liveSats: number;
}
