import { Text } from '@mantine/core';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { Card } from '@/components/ui/card';
import { Status } from '@/components/ui/status';
import { humanise } from '@/components/ui/values/humanise';
import type { Task } from '@/server/features/tasks/schema';

export const STAGES = ['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'];

/** What each stage looks at. */
const ABOUT: Record<string, string> = {
  schema: 'Does the answer fit the schema?',
  rules: 'Does it keep the type’s own rules?',
  anomaly: 'Was it made with care: pace, pattern, paste, copies?',
  gold: 'Has the worker answered known questions well?',
  consensus: 'Are enough answers agreed on it?',
  qa: 'Does a reviewer have to look?',
};

export const stageName = (stage: string) => (stage === 'qa' ? 'QA' : humanise(stage));

/** The six stages and what each said; those that have not run yet say so. */
export function TaskReport({ task }: { task: Task }) {
  const byStage = new Map(task.verification.map((stage) => [stage.stage, stage]));
  const others = task.verification.filter((stage) => !STAGES.includes(stage.stage));
  const rows = [...STAGES, ...others.map((stage) => stage.stage)];
  return (
    <Card flush title="Verification">
      {rows.map((name) => {
        const stage = byStage.get(name);
        return (
          <div key={name} className={dashboard.stage}>
            <span style={{ fontWeight: 500 }}>{stageName(name)}</span>
            {stage ? (
              <Status value={stage.verdict} />
            ) : (
              <Text span size="sm" c="dimmed">
                Not run
              </Text>
            )}
            <span className="soft">
              {stage?.reason ? humanise(stage.reason) : (ABOUT[name] ?? '')}
            </span>
            <span className="soft tabular">
              {typeof stage?.score === 'number' ? stage.score.toFixed(3) : ''}
            </span>
          </div>
        );
      })}
    </Card>
  );
}
