'use client';

import { Button, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { ABOUT_CHARS_MAX } from '@/server/features/onboarding/policy';

/** A few words for the operator who lets workers in. */
export function AboutCard({ about }: { about: string }) {
  const trpc = useTRPC();
  const [text, setText] = useState(about);
  const save = useAct(trpc.onboarding.saveAbout, {
    done: 'Saved. The operator reads it with your application.',
    refresh: [trpc.onboarding.pathFilter()],
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ about: text.trim() });
  };
  return (
    <Card title="Your application">
      <form onSubmit={submit}>
        <Stack gap="sm" align="flex-start">
          <Textarea
            w="100%"
            label="About you (optional)"
            description="What you know well, and what work you have done. Only operators read it."
            autosize
            minRows={2}
            maxLength={ABOUT_CHARS_MAX}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            loading={save.isPending}
            disabled={text.trim() === about}
          >
            Save
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
