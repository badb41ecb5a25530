/**
 * Matches rows to columns one to one with the highest total worth: the Hungarian method with
 * potentials, in O(n²m) for n ≤ m.
 * @param worth rows × columns, every row as long as the first; finite.
 * @returns the column of each row, or −1 if there are more rows than columns.
 */
export function assignBest(worth: readonly (readonly number[])[]): number[] {
  const rows = worth.length;
  const columns = worth[0]?.length ?? 0;
  if (rows <= columns) return new Assignment(worth, columns).find();
  const turned = Array.from({ length: columns }, (_, c) => worth.map((row) => row[c] ?? 0));
  const assigned = new Array<number>(rows).fill(-1);
  for (const [column, row] of assignBest(turned).entries()) if (row >= 0) assigned[row] = column;
  return assigned;
}

/** Rows and columns are numbered from 1; column 0 is where a row's search starts. */
class Assignment {
  private readonly rowPotential: Float64Array;
  private readonly columnPotential: Float64Array;
  /** The row assigned to a column; 0 for none. */
  private readonly rowOf: Int32Array;

  constructor(
    private readonly worth: readonly (readonly number[])[],
    private readonly columns: number,
  ) {
    this.rowPotential = new Float64Array(worth.length + 1);
    this.columnPotential = new Float64Array(columns + 1);
    this.rowOf = new Int32Array(columns + 1);
  }

  find(): number[] {
    for (let row = 1; row <= this.worth.length; row++) this.add(row);
    const assigned = new Array<number>(this.worth.length).fill(-1);
    for (const [column, row] of this.rowOf.entries()) {
      if (column > 0 && row > 0) assigned[row - 1] = column - 1;
    }
    return assigned;
  }

  /** Finds the cheapest augmenting path for one more row, and applies it. */
  private add(row: number): void {
    this.rowOf[0] = row;
    const least = new Float64Array(this.columns + 1).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(this.columns + 1);
    const used = new Uint8Array(this.columns + 1);
    let column = 0;
    do {
      used[column] = 1;
      const next = this.nearest(column, { least, before, used });
      this.shift(least[next] ?? 0, least, used);
      column = next;
    } while (this.rowOf[column] !== 0);
    while (column !== 0) {
      const previous = before[column] ?? 0;
      this.rowOf[column] = this.rowOf[previous] ?? 0;
      column = previous;
    }
  }

  /** Extends the search from a column, and returns the cheapest reachable one. */
  private nearest(
    column: number,
    search: { least: Float64Array; before: Int32Array; used: Uint8Array },
  ): number {
    const { least, before, used } = search;
    const row = this.rowOf[column] ?? 0;
    const worth = this.worth[row - 1] ?? [];
    let next = 0;
    for (let c = 1; c <= this.columns; c++) {
      if (used[c]) continue;
      const potentials = (this.rowPotential[row] ?? 0) + (this.columnPotential[c] ?? 0);
      const reduced = -(worth[c - 1] ?? 0) - potentials;
      if (reduced < (least[c] ?? 0)) {
        least[c] = reduced;
        before[c] = column;
      }
      if (next === 0 || (least[c] ?? 0) < (least[next] ?? 0)) next = c;
    }
    return next;
  }

  private shift(delta: number, least: Float64Array, used: Uint8Array): void {
    for (let c = 0; c <= this.columns; c++) {
      if (!used[c]) {
        least[c] = (least[c] ?? 0) - delta;
        continue;
      }
      const row = this.rowOf[c] ?? 0;
      this.rowPotential[row] = (this.rowPotential[row] ?? 0) + delta;
      this.columnPotential[c] = (this.columnPotential[c] ?? 0) - delta;
    }
  }
}
