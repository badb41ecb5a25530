'use client';

import { Button, Checkbox, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { tell, tellFailure } from '@/components/ui/notices';
import { humanise } from '@/components/ui/values/humanise';
import type { SkillStep } from '@/server/features/onboarding/schema';
import classes from './onboarding.module.css';

function isHeld({ state }: SkillStep): boolean {
  return state === 'held' || state === 'paused';
}

/** The skills there are, to be ticked; those held cannot be given back here. */
export function SkillsStep({ skills }: { skills: SkillStep[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const saved = skills.filter(({ wanted }) => wanted).map(({ name }) => name);
  const [chosen, setChosen] = useState(saved);
  const choose = useMutation(
    trpc.onboarding.chooseSkills.mutationOptions({
      onError: tellFailure,
      onSuccess: () => tell('Skills saved.'),
      onSettled: () => {
        void queryClient.invalidateQueries(trpc.workers.pathFilter());
        return queryClient.invalidateQueries(trpc.onboarding.pathFilter());
      },
    }),
  );
  return (
    <>
      <Checkbox.Group
        value={[...chosen, ...skills.filter(isHeld).map(({ name }) => name)]}
        onChange={(names) => setChosen([...new Set(names)])}
        aria-label="Skills"
      >
        <div className={classes.skills}>
          {skills.map((skill) => (
            <Checkbox
              key={skill.name}
              value={skill.name}
              disabled={isHeld(skill)}
              label={humanise(skill.name)}
              description={skill.description}
            />
          ))}
        </div>
      </Checkbox.Group>
      <Button
        mt="md"
        variant="default"
        loading={choose.isPending}
        onClick={() => choose.mutate({ skills: chosen })}
      >
        Save skills
      </Button>
      <Text size="xs" c="dimmed" mt={8}>
        Skills without a quiz are yours at once. Choose only what you can do well: wrong answers are
        not paid, and pause a skill.
      </Text>
    </>
  );
}
