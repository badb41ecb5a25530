/** One page of a list. Iterating it continues with the following pages. */
export class Page<T> implements AsyncIterable<T> {
  constructor(
    readonly data: T[],
    readonly hasMore: boolean,
    /** Pass it as `after` for the next page; null on the last one. */
    readonly nextCursor: string | null,
    private readonly fetchPage: (after: string) => Promise<Page<T>>,
  ) {}

  hasNextPage(): boolean {
    return this.hasMore && this.nextCursor !== null;
  }

  /** The next page, or null on the last one. */
  async getNextPage(): Promise<Page<T> | null> {
    return this.hasMore && this.nextCursor !== null ? this.fetchPage(this.nextCursor) : null;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    let page: Page<T> | null = this;
    while (page) {
      yield* page.data;
      page = await page.getNextPage();
    }
  }
}

/**
 * A lazy list: `await` it for its first page, or iterate over all of it with
 * `for await`, which reads the next page when it is needed.
 */
export class PagePromise<T> extends Promise<Page<T>> implements AsyncIterable<T> {
  /** What `then` makes is a plain promise: this class's constructor takes no executor. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  constructor(first: Promise<Page<T>>) {
    super((resolve) => {
      resolve(first);
    });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    yield* await this;
  }
}
