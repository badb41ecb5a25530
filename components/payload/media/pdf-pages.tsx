'use client';

import { ActionIcon, Box, Button, Group } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { Document, Page, pdfjs } from 'react-pdf';
import { Loading } from '@/components/ui/loading';
import 'react-pdf/dist/Page/TextLayer.css';
import classes from '@/components/payload/payload.module.css';
import { Icon } from '@/components/ui/icons';
import { NotShown } from './picture';

// The bundler gives the worker an address of our own origin, as the pages' policy asks.
pdfjs.GlobalWorkerOptions.workerSrc = new URL(
  'pdfjs-dist/build/pdf.worker.min.mjs',
  import.meta.url,
).toString();

/** Nothing of a document may run: no scripts of its own, no code made from its functions or fonts. */
const OPTIONS = { isEvalSupported: false, enableXfa: false, useWasm: false };
const ZOOMS = [1, 1.5, 2, 3];

/** A PDF a page at a time, as wide as there is room, with its text selectable and readable. */
export default function PdfPages(props: { address: string; source: string; label: string }) {
  const { address, source, label } = props;
  const { ref, width } = useElementSize();
  const [pages, setPages] = useState(0);
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(0);
  const file = useMemo(() => fileOf(address), [address]);
  const broken = <NotShown what="PDF" source={source} />;
  if (!file) return broken;
  const go = (by: number) => setPage((now) => Math.min(pages, Math.max(1, now + by)));
  return (
    <section aria-label={label} className={classes.pdf}>
      <Group gap={8} justify="space-between" className={classes.pdfBar}>
        <Group gap={6}>
          <ActionIcon
            variant="default"
            aria-label="Previous page"
            disabled={page <= 1}
            onClick={() => go(-1)}
          >
            <Icon name="back" size={14} />
          </ActionIcon>
          <span role="status" className="tabular">
            Page {page} of {pages || '…'}
          </span>
          <ActionIcon
            variant="default"
            aria-label="Next page"
            disabled={page >= pages}
            onClick={() => go(1)}
          >
            <Icon name="arrow" size={14} />
          </ActionIcon>
        </Group>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setZoom((zoom + 1) % ZOOMS.length)}
        >
          Zoom {(ZOOMS[zoom] ?? 1) * 100} %
        </Button>
      </Group>
      {/* A region that scrolls must be reachable by keyboard. */}
      <Box ref={ref} className={classes.pdfFrame} tabIndex={0}>
        {width > 0 ? (
          <Document
            file={file}
            options={OPTIONS}
            externalLinkTarget="_blank"
            externalLinkRel="noopener noreferrer nofollow"
            error={broken}
            loading={<Loading height={420} label="Loading the PDF" />}
            noData={broken}
            onLoadSuccess={({ numPages }) => setPages(numPages)}
          >
            <Page
              pageNumber={page}
              width={width * (ZOOMS[zoom] ?? 1)}
              renderAnnotationLayer={false}
              loading={<Loading height={420} label="Loading the page" />}
              error={broken}
            />
          </Document>
        ) : null}
      </Box>
    </section>
  );
}

/** A data address as bytes, since the pages' policy lets nothing be fetched from one. */
function fileOf(address: string): { url: string } | { data: Uint8Array } | null {
  if (!address.startsWith('data:')) return { url: address };
  try {
    const text = atob(address.slice(address.indexOf(',') + 1));
    return { data: Uint8Array.from(text, (char) => char.charCodeAt(0)) };
  } catch {
    return null;
  }
}
