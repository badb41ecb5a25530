'use client';

import { Box, Text } from '@mantine/core';
import { Status } from '@/components/ui/status';
import { sats } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import { RAIL_FORMS } from '@/server/features/payouts/rails/policy';
import shared from '../../ops.module.css';
import { RailActs, type RailActsProps } from './rail-acts';
import classes from './rails.module.css';

const HEALTH = { up: 'online', down: 'unreachable', unknown: 'pending' };

/** A rail with how it is, and what can be done with it. */
export function RailRow(props: RailActsProps) {
  const { rail } = props;
  const { name, kind, enabled, source, settings, lastTest } = rail;
  const isOwn = source === 'operator';
  return (
    <li className={`${shared.linked} ${classes.row}`}>
      <Status value={enabled ? HEALTH[rail.health] : 'disabled'} />
      <Box miw={0}>
        <Text size="sm" fw={500} truncate>
          {name}
        </Text>
        <Text size="sm" c="dimmed" truncate title={settings.url}>
          {[RAIL_FORMS[kind].title, settings.url, isOwn ? null : 'from the environment']
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </Box>
      <Box miw={0}>
        <Text size="sm" className="tabular" c={rail.isLow ? 'var(--urgent-text)' : undefined}>
          {rail.balanceSats === null ? 'Balance not known' : sats(rail.balanceSats)}
          {rail.isLow ? ', low' : ''}
        </Text>
        <Text size="sm" c="dimmed">
          fees up to {sats(rail.feeBaseSats)} + {rail.feeBasisPoints / 100} %
        </Text>
      </Box>
      <Box miw={0}>
        {rail.health === 'down' ? (
          <Text size="sm" c="var(--urgent-text)" className={classes.words}>
            {rail.lastError}
          </Text>
        ) : (
          <Text size="sm" c="dimmed">
            {rail.lastOkAt === null ? 'Not asked yet' : 'Answered '}
            {rail.lastOkAt === null ? null : <Age at={rail.lastOkAt} />}
          </Text>
        )}
        {lastTest ? (
          <Text size="sm" c="dimmed">
            Test payment {lastTest.status === 'settled' ? 'arrived' : lastTest.status}{' '}
            <Age at={lastTest.finishedAt ?? lastTest.createdAt} />
          </Text>
        ) : null}
      </Box>
      <RailActs {...props} />
    </li>
  );
}
