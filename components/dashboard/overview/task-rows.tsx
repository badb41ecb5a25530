import { Box } from '@mantine/core';
import classes from '@/components/dashboard/dashboard.module.css';
import { PromptLink } from '@/components/ui/prompt-link';
import { Status } from '@/components/ui/status';
import { humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { Task } from '@/server/features/tasks/schema';

/** What a row shows of a task's end: its output, or why there is none. */
function resultOf(task: Task): { text: string; mono: boolean } {
  if (task.output !== null) return { text: JSON.stringify(task.output), mono: true };
  if (task.failure_reason) return { text: task.failure_reason.message, mono: false };
  return { text: '–', mono: false };
}

/** Tasks as rows; on a small screen each becomes a short stack. */
export function TaskRows({ tasks }: { tasks: Task[] }) {
  return (
    <div>
      <div className={classes.rowHead} aria-hidden="true">
        <span>Status</span>
        <span>Type</span>
        <span>Output</span>
        <Box component="span" ta="right" fz="sm">
          Age
        </Box>
      </div>
      {tasks.map((task) => {
        const result = resultOf(task);
        return (
          <PromptLink key={task.id} href={`/dashboard/tasks/${task.id}`} className={classes.row}>
            <Status value={task.status} />
            <span className="clip" title={task.type}>
              {humanise(task.type)}
            </span>
            <span className={`clip soft ${result.mono ? 'mono' : ''}`} title={result.text}>
              {result.text}
            </span>
            <Box component="span" className="soft" ta="right" fz="sm">
              <Age at={task.created_at} />
            </Box>
          </PromptLink>
        );
      })}
    </div>
  );
}
