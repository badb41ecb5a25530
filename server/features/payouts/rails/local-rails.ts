/**
 * Rails that pay in this database: the play rail of test mode, and payroll. Nothing is prepared for them,
 * and they pay payouts one by one.
 */
export const LOCAL_RAILS = ['sandbox', 'internal'] as const;

export const isLocalRail = (name: string) => LOCAL_RAILS.some((local) => local === name);

/** What payouts over whichever Lightning rail is at hand are marked with. */
export const LIGHTNING = 'lightning';
