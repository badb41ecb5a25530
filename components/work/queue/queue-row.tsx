'use client';

import { Button, Group } from '@mantine/core';
import { Amount } from '@/components/ui/values/amount';
import { humanise, sats } from '@/components/ui/values/humanise';
import { Countdown } from '@/components/ui/values/now';
import { hourlyText, paceSource, paceText } from '@/components/work/pace-text';
import classes from '@/components/work/work.module.css';
import type { QueueItem } from '@/server/features/routing';

/** One task that can be taken. The list's keys move between the rows by their preview buttons. */
export function QueueRow(props: {
  item: QueueItem;
  claiming: boolean;
  claimed: boolean;
  onClaim: () => void;
  onPreview: () => void;
}) {
  const { item } = props;
  const name = `${humanise(item.type)}, ${sats(item.payoutSats)}`;
  return (
    <li className={classes.queueRow} data-queue-row={item.taskId}>
      <span className="clip" style={{ fontWeight: 500 }}>
        {humanise(item.type)}
      </span>
      <span className="tabular">
        <Amount sats={item.payoutSats} />
      </span>
      <span className="soft">
        <span className="tabular">{paceText(item.pace)}</span>
      </span>
      <span className="soft">
        <span className="tabular">{hourlyText(item.pace)}</span>
        <span className={classes.source}>{paceSource(item.pace)}</span>
      </span>
      <span className="soft">
        <span className={classes.narrowLabel}>Closes in </span>
        <Countdown until={item.expiresAt} />
      </span>
      <Group gap={6} wrap="nowrap" justify="flex-end">
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          data-preview
          onClick={props.onPreview}
          aria-label={`Preview ${name}`}
        >
          Preview
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={props.claimed}
          disabled={props.claiming}
          onClick={props.onClaim}
          aria-label={`Take ${name}`}
        >
          Take
        </Button>
      </Group>
    </li>
  );
}

/** As high as a row, so that nothing moves when the rows come. */
export function QueueRowSkeleton() {
  return <li className={classes.queueRow} style={{ minHeight: 51 }} aria-hidden="true" />;
}
