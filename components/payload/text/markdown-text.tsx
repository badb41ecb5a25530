'use client';

import { Image } from '@mantine/core';
import { useState } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useMediaAddress } from '@/components/payload/media/task-media';
import classes from '@/components/payload/payload.module.css';
import { OutsideLink } from './outside-link';

/**
 * The formatted text of `Markdown`. HTML stays text, links open elsewhere and say nothing of where they were followed from,
 * and images come from us, since loading one from its host tells that host who looks.
 */
export default function MarkdownText({ text }: { text: string }) {
  return (
    <ReactMarkdown
      remarkPlugins={[remarkGfm]}
      components={{
        a: ({ href, children }) => <OutsideLink href={href ?? ''}>{children}</OutsideLink>,
        img: ({ src, alt }) => (
          <MarkdownImage source={typeof src === 'string' ? src : ''} alt={alt ?? ''} />
        ),
        h1: ({ children }) => <p className={classes.heading}>{children}</p>,
        h2: ({ children }) => <p className={classes.heading}>{children}</p>,
        h3: ({ children }) => <p className={classes.heading}>{children}</p>,
      }}
    >
      {text}
    </ReactMarkdown>
  );
}

/** An image by our own address; a link to it where none is known, or it does not come. */
function MarkdownImage({ source, alt }: { source: string; alt: string }) {
  const address = useMediaAddress(source);
  const [broken, setBroken] = useState(false);
  const isFile = /^(https?:\/\/|data:image\/)/i.test(source);
  if (!isFile || !address || broken) {
    return <OutsideLink href={source}>{alt ? `Image: ${alt}` : 'Image'}</OutsideLink>;
  }
  return (
    <Image
      src={address}
      alt={alt}
      className={classes.picture}
      loading="lazy"
      onError={() => setBroken(true)}
    />
  );
}
