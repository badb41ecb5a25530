'use client';

import Link from 'next/link';
import { type ComponentProps, useState } from 'react';

/**
 * A link that fetches its page ahead once somebody points at it or reaches it by key. In a menu
 * or a table the usual link would fetch every page that is in sight.
 */
export function PromptLink(props: Omit<ComponentProps<typeof Link>, 'prefetch'>) {
  const [near, setNear] = useState(false);
  return (
    <Link
      {...props}
      prefetch={near ? null : false}
      onMouseEnter={(event) => {
        setNear(true);
        props.onMouseEnter?.(event);
      }}
      onFocus={(event) => {
        setNear(true);
        props.onFocus?.(event);
      }}
    />
  );
}
