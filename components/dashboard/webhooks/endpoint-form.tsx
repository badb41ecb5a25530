'use client';

import { Alert, Checkbox, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { Icon } from '@/components/ui/icons';
import { EVENT_TYPES } from '@/server/features/webhooks/policy';
import type { CreateEndpoint, Endpoint } from '@/server/features/webhooks/schema';

interface EndpointFormProps {
  mode: 'live' | 'test';
  /** What is there already, where it is edited. */
  endpoint?: Endpoint;
  busy: boolean;
  error: unknown;
  verb: string;
  onCancel: () => void;
  onSubmit: (draft: CreateEndpoint) => void;
}

/** Where events go, and which. It checks by the same rules as the server. */
export function EndpointForm(props: EndpointFormProps) {
  const { endpoint } = props;
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [all, setAll] = useState((endpoint?.events.length ?? 0) === 0);
  const [events, setEvents] = useState<string[]>(endpoint?.events ?? ['task.verified']);
  const [fault, setFault] = useState<{ field: string; message: string } | null>(null);
  const failure = props.error ? failureOf(props.error) : null;
  const faultOf = (field: string) =>
    fault?.field === field ? fault.message : failure?.param === field ? failure.message : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!URL.canParse(url.trim())) {
      return setFault({
        field: 'url',
        message: 'Give a whole URL, such as https://example.com/hooks.',
      });
    }
    if (!all && events.length === 0) {
      return setFault({ field: 'events', message: 'Choose at least one event, or all of them.' });
    }
    const contracts = await import('@/server/features/webhooks/schema');
    const draft = contracts.CreateEndpoint.safeParse({
      url: url.trim(),
      description: description.trim(),
      events: all ? [] : EVENT_TYPES.filter((type) => events.includes(type)),
    });
    if (!draft.success) {
      const [issue] = draft.error.issues;
      return setFault({
        field: String(issue?.path[0] ?? ''),
        message: issue?.message ?? 'Not valid.',
      });
    }
    setFault(null);
    props.onSubmit(draft.data);
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        {failure && failure.param !== 'url' ? (
          <Alert color="red" role="alert" icon={<Icon name="warning" />}>
            {failure.message}
          </Alert>
        ) : null}
        <TextInput
          label="URL"
          description={
            props.mode === 'live'
              ? 'Events are posted here; it must be https.'
              : 'Events are posted here.'
          }
          placeholder="https://example.com/hooks/humanrail"
          type="url"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          error={faultOf('url')}
          data-autofocus
        />
        <TextInput
          label="Description"
          placeholder="Moderation agent"
          maxLength={500}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Radio.Group
          label="Events"
          value={all ? 'all' : 'some'}
          onChange={(value) => setAll(value === 'all')}
        >
          <Stack gap={8} mt={8}>
            <Radio value="all" label="All, also those that come to be later" />
            <Radio value="some" label="Only these" />
          </Stack>
        </Radio.Group>
        {all ? null : (
          <Checkbox.Group
            aria-label="Which events"
            value={events}
            onChange={setEvents}
            error={faultOf('events')}
          >
            <SimpleGrid cols={2} spacing={8}>
              {EVENT_TYPES.map((type) => (
                <Checkbox key={type} value={type} label={type} />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        )}
        <DialogActions onCancel={props.onCancel} loading={props.busy}>
          {props.verb}
        </DialogActions>
      </Stack>
    </form>
  );
}
