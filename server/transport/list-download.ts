interface ListFile<Item> {
  name: string;
  format: 'csv' | 'jsonl';
  /** Precedes the first item, including its line break. */
  head: string;
  /** Renders one item, including its line break. */
  line: (item: Item) => string;
  /** Reads a page of the list, starting from the previous page's `next`. */
  read: (after: string | undefined) => Promise<{ data: Item[]; next: string | null }>;
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
};

/** Streams a whole list as a file; stops reading when the client disconnects. */
export function listDownload<Item>(file: ListFile<Item>): Response {
  const encoder = new TextEncoder();
  let next: string | null | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(file.head)),
    async pull(controller) {
      if (next === null) return controller.close();
      const page = await file.read(next);
      next = page.next;
      controller.enqueue(encoder.encode(page.data.map(file.line).join('')));
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': TYPES[file.format],
      'Content-Disposition': `attachment; filename="${file.name}.${file.format}"`,
      'Cache-Control': 'no-store',
    },
  });
}
