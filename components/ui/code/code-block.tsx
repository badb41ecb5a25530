'use client';

import { ActionIcon, Box, CopyButton } from '@mantine/core';
import { Icon } from '@/components/ui/icons';
import classes from '@/components/ui/surface.module.css';

/** Code or JSON with a button that copies it. `label` names it for screen readers. */
export function CodeBlock(props: {
  code: string;
  label: string;
  wrap?: boolean;
  maxHeight?: number;
}) {
  return (
    <Box pos="relative">
      <section aria-label={props.label}>
        <Box
          component="pre"
          className={`${classes.code} ${props.wrap ? classes.wrap : ''}`}
          style={{ maxHeight: props.maxHeight }}
          // A region that scrolls must be reachable by keyboard.
          tabIndex={0}
        >
          {props.code}
        </Box>
      </section>
      <CopyButton value={props.code}>
        {({ copied, copy }) => (
          <ActionIcon
            pos="absolute"
            top={8}
            right={8}
            variant="default"
            size="sm"
            onClick={copy}
            title={copied ? 'Copied' : 'Copy'}
            aria-label={`Copy ${props.label}`}
          >
            {copied ? <Icon name="check" size={14} /> : <Icon name="copy" size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Box>
  );
}

/** A value as indented JSON. */
export function JsonBlock(props: { value: unknown; label: string; maxHeight?: number }) {
  return (
    <CodeBlock
      code={JSON.stringify(props.value, null, 2) ?? 'null'}
      label={props.label}
      maxHeight={props.maxHeight}
      wrap
    />
  );
}
