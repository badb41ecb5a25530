'use client';

import { Button, Text } from '@mantine/core';
import Link from 'next/link';
import { humanise } from '@/components/ui/values/humanise';
import type { SkillStep } from '@/server/features/onboarding/schema';
import classes from './onboarding.module.css';
import { QuizWords } from './quiz-words';

/** The quizzes of the chosen skills, and how each stands. */
export function QuizStep({ skills }: { skills: SkillStep[] }) {
  const held = skills.filter(({ state }) => state === 'held').map(({ name }) => humanise(name));
  const shown = skills.filter(
    ({ wanted, state }) => state !== 'held' && (wanted || state === 'paused' || state === 'open'),
  );
  return (
    <>
      {held.length > 0 ? <Text size="sm">Yours: {held.join(', ')}.</Text> : null}
      {shown.length > 0 ? <Quizzes skills={shown} /> : null}
      {held.length + shown.length === 0 ? (
        <Text size="sm">Choose a skill first; its quiz appears here.</Text>
      ) : null}
    </>
  );
}

function Quizzes({ skills }: { skills: SkillStep[] }) {
  return (
    <ul className="bare-list">
      {skills.map((skill) => (
        <li key={skill.name} className={classes.quiz}>
          <div style={{ minWidth: 0, flex: '1 1 220px' }}>
            <Text fw={500}>{humanise(skill.name)}</Text>
            <Text size="sm" c="dimmed" component="div">
              <QuizWords skill={skill} />
            </Text>
          </div>
          <QuizLink skill={skill} />
        </li>
      ))}
    </ul>
  );
}

function QuizLink({ skill: { name, state } }: { skill: SkillStep }) {
  if (state !== 'ready' && state !== 'open' && state !== 'cooling') return null;
  const label = { ready: 'Take the quiz', open: 'Go on', cooling: 'See the last try' }[state];
  return (
    <Button
      component={Link}
      href={`/work/onboarding/quiz/${encodeURIComponent(name)}`}
      variant={state === 'cooling' ? 'subtle' : 'default'}
      aria-label={`${label}: ${humanise(name)}`}
    >
      {label}
    </Button>
  );
}
