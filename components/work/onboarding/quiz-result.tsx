import { Alert, Text } from '@mantine/core';
import { PayloadView } from '@/components/payload/payload-view';
import { Card } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code/code-block';
import { Icon } from '@/components/ui/icons';
import { Status } from '@/components/ui/status';
import { humanise } from '@/components/ui/values/humanise';
import type { QuizFeedback, QuizView } from '@/server/features/onboarding/schema';
import classes from './onboarding.module.css';

type Result = NonNullable<QuizView['result']>;

/** How a try went: right or wrong, question by question, and why what was wrong was. */
export function QuizResult({ quiz, result }: { quiz: QuizView; result: Result }) {
  const passed = quiz.status === 'passed';
  return (
    <>
      <Alert
        color={passed ? 'green' : 'orange'}
        icon={<Icon name={passed ? 'check' : 'warning'} />}
        title={passed ? 'Passed' : 'Not passed'}
        role="status"
      >
        {result.correct} of {quiz.total} right; {quiz.needed} are needed.
        {result.timedOut ? ' Time ran out before the last answer.' : ''}
        {passed ? ` ${wonBy(quiz)}` : ''}
      </Alert>
      <Card title={`Your answers, try ${quiz.number}`}>
        <ol className={classes.feedback}>
          {result.questions.map((question) => (
            <li key={question.position}>
              <Feedback question={question} />
            </li>
          ))}
        </ol>
      </Card>
    </>
  );
}

function wonBy({ skill, pauseId, asked }: QuizView): string {
  return pauseId
    ? `${asked.title} is no longer paused: its tasks come to you again.`
    : `${humanise(skill)} is yours now: tasks that need it come to you.`;
}

function Feedback({ question }: { question: QuizFeedback }) {
  const { wrong } = question;
  const head = (
    <span>
      Question {question.position}{' '}
      <Status value={question.correct ? 'right' : wrong ? 'wrong' : 'not answered'} />
    </span>
  );
  if (!wrong) return head;
  return (
    <details>
      <summary style={{ cursor: 'pointer' }}>{head}</summary>
      <Text size="sm" my={10}>
        {wrong.explanation}
      </Text>
      <div className={classes.pair}>
        <PayloadView payload={wrong.payload} />
        <div>
          <Text size="sm" fw={500} mb={6}>
            Your answer
          </Text>
          <JsonBlock value={wrong.output} label={`your answer to question ${question.position}`} />
        </div>
      </div>
    </details>
  );
}
