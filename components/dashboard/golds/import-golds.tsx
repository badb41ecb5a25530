'use client';

import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { LONG_INPUT, useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code/code-block';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { Icon } from '@/components/ui/icons';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { tell } from '@/components/ui/notices';
import type { GoldFile, GoldRow } from '@/server/features/golds/schema';
import classes from '../task-types/task-types.module.css';

const EXAMPLE = `payload.text,expected.verdict,explanation
"Great, the third outage",negative,"Irony"

{"payload": {"text": "…"}, "expected_output": {"verdict": "negative"}, "explanation": "Irony"}`;
const ROWS_SHOWN = 20;

/** Golds from a file: each row is looked at before anything is written, and all come in or none. */
export function ImportGolds(props: { type: string; onDone: () => void; onCancel: () => void }) {
  const { type } = props;
  const trpc = useTRPC();
  const [file, setFile] = useState<{ name: string; input: GoldFile } | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const check = useQuery(
    trpc.golds.checkFile.queryOptions(file?.input ?? { type, format: 'jsonl', text: '-' }, {
      enabled: file !== null,
      retry: false,
      trpc: LONG_INPUT,
    }),
  );
  const bring = useMutation(
    trpc.golds.import.mutationOptions({
      onSuccess: ({ imported }) => {
        tell(imported === 1 ? 'One gold is imported.' : `${imported} golds are imported.`);
        props.onDone();
      },
    }),
  );
  const read = async (chosen: File | null) => {
    if (!chosen) return;
    const contracts = await import('@/server/features/golds/schema');
    const parsed = contracts.GoldFile.safeParse({
      type,
      format: /\.csv$/i.test(chosen.name) ? 'csv' : 'jsonl',
      text: await chosen.text(),
    });
    setUnread(parsed.success ? null : (parsed.error.issues[0]?.message ?? 'It cannot be read.'));
    setFile(parsed.success ? { name: chosen.name, input: parsed.data } : null);
    bring.reset();
  };
  const rows = file ? check.data : undefined;
  const faulty = rows?.filter(({ fault }) => fault !== null) ?? [];
  const error = unread ?? messageOf(file ? check.error : null) ?? messageOf(bring.error);
  return (
    <Card title="Import golds">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          A CSV whose columns are called payload.… and expected.…, or JSON lines; at most 1,000
          golds. With one bad row, nothing is imported.
        </Text>
        <CodeBlock code={EXAMPLE} label="the two kinds of file" wrap />
        <Group gap="sm">
          <FileButton onChange={(chosen) => void read(chosen)} accept=".csv,.jsonl,.ndjson,.txt">
            {(button) => (
              <Button {...button} variant="default" leftSection={<Icon name="plus" />}>
                {file ? 'Choose another file' : 'Choose a file'}
              </Button>
            )}
          </FileButton>
          {file ? <Text size="sm">{file.name}</Text> : null}
        </Group>
        <FormFault>{error}</FormFault>
        {rows ? <Preview rows={rows} faulty={faulty} /> : null}
        <DialogActions
          gap="sm"
          onCancel={props.onCancel}
          loading={bring.isPending || (file !== null && check.isFetching)}
          disabled={!rows || faulty.length > 0}
          onClick={() => file && bring.mutate(file.input)}
        >
          {rows && faulty.length === 0 ? `Import ${rows.length}` : 'Import'}
        </DialogActions>
      </Stack>
    </Card>
  );
}

const messageOf = (error: unknown) => (error ? failureOf(error).message : null);

/** Rows at fault first: they are what has to be mended. */
function Preview({ rows, faulty }: { rows: GoldRow[]; faulty: GoldRow[] }) {
  const good = rows.filter(({ content }) => content !== null);
  const shown = [...faulty, ...good].slice(0, ROWS_SHOWN);
  return (
    <section aria-label="What the file holds" data-testid="import-preview">
      <Text size="sm" role="status">
        {good.length} of {rows.length} rows are good
        {faulty.length > 0 ? `; ${faulty.length} must be mended first.` : '.'}
      </Text>
      {shown.map((row) => (
        <div key={row.line} className={classes.row}>
          <Text size="sm" c="dimmed">
            Line {row.line}
          </Text>
          <div className={classes.grow}>
            {row.fault ? (
              <Text size="sm" c="var(--urgent-text)">
                {row.fault}
              </Text>
            ) : (
              <div className={classes.mono}>
                {JSON.stringify(row.content?.payload).slice(0, 120)} →{' '}
                {JSON.stringify(row.content?.expected_output).slice(0, 120)}
              </div>
            )}
          </div>
        </div>
      ))}
      {rows.length > shown.length ? (
        <Text size="sm" c="dimmed">
          and {rows.length - shown.length} more
        </Text>
      ) : null}
    </section>
  );
}
