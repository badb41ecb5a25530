'use client';

import { useQuery } from '@tanstack/react-query';
import { PayloadView } from '@/components/payload/payload-view';
import { Markdown } from '@/components/payload/text/markdown';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { QueryState } from '@/components/ui/failures/query-state';
import classes from '@/components/work/work.module.css';

/** What a task is about, before it is taken; looking holds nothing. */
export function PreviewDialog(props: {
  taskId: string | null;
  claiming: boolean;
  onClaim: (taskId: string) => void;
  onClose: () => void;
}) {
  const { taskId } = props;
  const trpc = useTRPC();
  const preview = useQuery(
    trpc.queue.preview.queryOptions({ taskId: taskId ?? '' }, { enabled: taskId !== null }),
  );
  return (
    <Dialog
      opened={taskId !== null}
      onClose={props.onClose}
      title={preview.data?.title ?? 'Preview'}
      size="lg"
    >
      <QueryState query={preview} height={160} label="Loading the task" />
      {preview.data ? (
        <>
          {preview.data.instructions ? (
            <details className={classes.instructions}>
              <summary>Instructions</summary>
              <Markdown text={preview.data.instructions} />
            </details>
          ) : null}
          <PayloadView
            payload={preview.data.payload}
            taskId={preview.data.taskId}
            hints={preview.data.payloadUi}
          />
          <DialogActions
            mt="lg"
            onCancel={props.onClose}
            cancel="Leave it"
            loading={props.claiming}
            onClick={() => taskId && props.onClaim(taskId)}
          >
            Take this task
          </DialogActions>
        </>
      ) : null}
    </Dialog>
  );
}
