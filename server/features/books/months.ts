/** Months of the books, such as `2026-11`, in UTC. */

export const monthOf = (at: Date) => at.toISOString().slice(0, 7);

/** The first instant of a month. */
export const startOf = (month: string) => new Date(`${month}-01T00:00:00Z`);

const shifted = (month: string, by: number) => {
  const at = startOf(month);
  at.setUTCMonth(at.getUTCMonth() + by);
  return monthOf(at);
};

export const monthAfter = (month: string) => shifted(month, 1);
export const monthBefore = (month: string) => shifted(month, -1);
