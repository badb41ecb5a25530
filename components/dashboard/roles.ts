/** What a member may do, from most to least. */
export const ROLES = ['owner', 'admin', 'developer', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** The roles a member of `role` may give and take, as the server holds it. */
export function rolesGrantedBy(role: Role): readonly Role[] {
  if (role === 'owner') return ROLES;
  return role === 'admin' ? ROLES.filter((each) => each !== 'owner') : [];
}
