'use client';

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Comparison } from '@/components/payload/comparison';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Select } from '@/components/ui/inputs/select';
import { Loading } from '@/components/ui/loading';
import { Age } from '@/components/ui/values/now';
import type { TaskTypeVersionSummary } from '@/server/features/task-types/versions-schema';
import classes from './task-types.module.css';
import { versionText } from './type-draft';

interface VersionsProps {
  type: string;
  versions: TaskTypeVersionSummary[];
  mayChange: boolean;
  busy: boolean;
  onRestore: (version: number) => Promise<unknown>;
}

/** What was saved when and by whom, what changed between two, and the way back. */
export function Versions({ type, versions, mayChange, busy, onRestore }: VersionsProps) {
  const [newest, former] = versions;
  const [before, setBefore] = useState<string | null>(null);
  const [after, setAfter] = useState<string | null>(null);
  if (!newest) {
    return (
      <Card title="Versions">
        <Text size="sm" c="dimmed">
          Nothing of yours is saved yet. Each save is kept here, with who and when.
        </Text>
      </Card>
    );
  }
  const left = Number(before ?? (former ?? newest).version);
  const right = Number(after ?? newest.version);
  const choices = versions.map(({ version }) => ({
    value: String(version),
    label: `Version ${version}`,
  }));
  return (
    <Stack gap="lg">
      <Card title="Versions" flush>
        {versions.map((version) => (
          <div key={version.version} className={classes.row}>
            <div className={classes.grow}>
              <Group gap={8}>
                <strong>Version {version.version}</strong>
                {version.current ? <Badge>Current</Badge> : null}
              </Group>
              <Text size="sm" c="dimmed">
                {version.savedBy}, <Age at={version.savedAt.toISOString()} />
              </Text>
            </div>
            <Button
              variant="default"
              size="xs"
              aria-label={`Compare version ${version.version} with the current one`}
              onClick={() => {
                setBefore(String(version.version));
                setAfter(String(newest.version));
              }}
            >
              Compare
            </Button>
            {mayChange && !version.current ? (
              <ConfirmButton
                label="Restore"
                ariaLabel={`Restore version ${version.version}`}
                question={`Restore version ${version.version}?`}
                verb="Restore"
                color="rail"
                busy={busy}
                onConfirm={() => onRestore(version.version)}
              >
                What it says is saved as a new version and applies to tasks from then on. The
                versions between stay here.
              </ConfirmButton>
            ) : null}
          </div>
        ))}
      </Card>
      <Card title="What changed">
        <Group gap="sm" mb="md">
          <Select
            aria-label="Compare from"
            w={150}
            data={choices}
            value={String(left)}
            onChange={setBefore}
          />
          <Text size="sm">to</Text>
          <Select
            aria-label="Compare to"
            w={150}
            data={choices}
            value={String(right)}
            onChange={setAfter}
          />
        </Group>
        <VersionDiff type={type} before={left} after={right} />
      </Card>
    </Stack>
  );
}

function VersionDiff(props: { type: string; before: number; after: number }) {
  const trpc = useTRPC();
  const { type } = props;
  const before = useQuery(trpc.taskTypes.version.queryOptions({ type, version: props.before }));
  const after = useQuery(trpc.taskTypes.version.queryOptions({ type, version: props.after }));
  const failed = [before, after].find(({ isError }) => isError);
  if (failed) return <QueryFailure query={failed} />;
  if (!before.data || !after.data) return <Loading height={80} label="Loading the versions" />;
  const texts = { before: versionText(before.data.saved), after: versionText(after.data.saved) };
  if (texts.before === texts.after) {
    return (
      <Text size="sm" c="dimmed">
        These two say the same.
      </Text>
    );
  }
  return (
    <section aria-label="Changes, line by line" data-testid="version-diff">
      <Comparison {...texts} />
    </section>
  );
}
