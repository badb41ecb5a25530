/** What one generated answer may hold. */
const VALUES_MAX = 10_000;
const CHARACTERS_MAX = 200_000;
/** What all tries for one answer may hold together. */
const VALUES_TOTAL_MAX = 300_000;

/** A schema can ask for a billion items; nobody could read them, and no process could hold them. */
export class AnswerTooLarge extends Error {}

/** What may still be generated. One budget is for one answer, however often it is tried. */
export class AnswerBudget {
  static readonly reason =
    `The answer that output_schema asks for is larger than simulated workers write (${VALUES_MAX} values, ${CHARACTERS_MAX} characters); give one in sandbox.answer.`;

  /** True once a try was given up because it had grown too large. */
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

  /** No further try is worth it. */
  get isSpent(): boolean {
    return this.valuesTotal > VALUES_TOTAL_MAX;
  }

  private refuse(): never {
    this.exceeded = true;
    throw new AnswerTooLarge();
  }
}
