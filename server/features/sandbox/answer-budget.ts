/** What one generated answer may hold. */
const VALUES_MAX = 10_000;
const CHARACTERS_MAX = 200_000;
/** The limit for all attempts at one answer together. */
const VALUES_TOTAL_MAX = 300_000;

/** A schema can require a billion items, which no process could hold. */
export class AnswerTooLarge extends Error {}

/** The remaining budget of one answer, shared by all attempts. */
export class AnswerBudget {
  static readonly reason =
    `The answer required by output_schema is larger than simulated workers generate (${VALUES_MAX} values, ${CHARACTERS_MAX} characters); provide one in sandbox.answer.`;

  /** Whether an attempt was aborted because it became too large. */
  exceeded = false;
  private values = 0;
  private characters = 0;
  private valuesTotal = 0;

  startTry(): void {
    this.values = 0;
    this.characters = 0;
  }

  /** @throws AnswerTooLarge */
  takeValues(count: number): void {
    this.values += count;
    this.valuesTotal += count;
    if (this.values > VALUES_MAX || this.valuesTotal > VALUES_TOTAL_MAX) this.refuse();
  }

  /** @throws AnswerTooLarge */
  takeCharacters(count: number): void {
    this.characters += count;
    if (this.characters > CHARACTERS_MAX) this.refuse();
  }

  /** Whether further attempts are pointless. */
  get isSpent(): boolean {
    return this.valuesTotal > VALUES_TOTAL_MAX;
  }

  private refuse(): never {
    this.exceeded = true;
    throw new AnswerTooLarge();
  }
}
