'use client';

import { PayloadView } from '@/components/payload/payload-view';
import { Markdown } from '@/components/payload/text/markdown';
import { Card } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code/code-block';
import type { TaskOrigin } from '@/server/features/tasks/get-origin';
import type { Task } from '@/server/features/tasks/schema';

/** What the worker was shown, and in which form it was to be answered. */
export function TaskAsked({ task, origin }: { task: Task; origin: TaskOrigin | undefined }) {
  const hasMetadata = Object.keys(task.metadata).length > 0;
  return (
    <>
      <Card title="Payload">
        <PayloadView payload={task.payload} />
      </Card>
      {task.instructions ? (
        <Card title="Instructions">
          <Markdown text={task.instructions} />
        </Card>
      ) : null}
      {hasMetadata ? (
        <Card title="Metadata">
          <JsonBlock value={task.metadata} label="metadata" maxHeight={240} />
        </Card>
      ) : null}
      <Card title="Output schema">
        <JsonBlock value={task.output_schema} label="output schema" maxHeight={280} />
      </Card>
      {origin?.sandbox ? (
        <Card title="Sandbox script">
          <JsonBlock value={origin.sandbox} label="sandbox script" maxHeight={200} />
        </Card>
      ) : null}
    </>
  );
}
