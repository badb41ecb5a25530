/**
 * Rails implemented in this database: test mode's play rail, and payroll. They need no preparation,
 * and pay each payout individually.
 */
export const LOCAL_RAILS = ['sandbox', 'internal'] as const;

export const isLocalRail = (name: string) => LOCAL_RAILS.some((local) => local === name);

/** The rail of payouts over any Lightning rail. */
export const LIGHTNING = 'lightning';
