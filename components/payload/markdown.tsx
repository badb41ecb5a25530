'use client';

import { Anchor, Image } from '@mantine/core';
import { useState } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import classes from './payload.module.css';
import { useMediaAddress } from './task-media';

/**
 * Markdown from a customer, shown safely: HTML stays text, links open elsewhere and say nothing of
 * where they were followed from, and images come from us, since loading one from its host tells that host who looks.
 */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={classes.markdown}>
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
    </div>
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

/** A link out of a payload, in a new tab. */
export function OutsideLink({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <Anchor
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      underline="always"
      style={{ overflowWrap: 'anywhere' }}
    >
      {children}
    </Anchor>
  );
}
