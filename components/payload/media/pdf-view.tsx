'use client';

import dynamic from 'next/dynamic';
import { Loading } from '@/components/ui/loading';
import { NotShown } from './picture';
import { useMediaAddress } from './task-media';

/** The reader is large, and few payloads have a PDF: it is loaded when one is met. */
const PdfPages = dynamic(() => import('./pdf-pages'), {
  ssr: false,
  loading: () => <Loading height={420} label="Loading the PDF reader" />,
});

export function PdfView({ source, label }: { source: string; label: string }) {
  const address = useMediaAddress(source);
  if (!address) return <NotShown what="PDF" source={source} />;
  return <PdfPages address={address} source={source} label={label} />;
}
