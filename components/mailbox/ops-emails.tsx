'use client';

import { Tabs } from '@mantine/core';
import { useRouter, useSearchParams } from 'next/navigation';
import { PageBody } from '@/components/ui/frame/app-frame';
import { PageHeader } from '@/components/ui/page-header';
import { Mailbox } from './mailbox';
import { Templates } from './templates';

/** What the instance wrote to people, and what it can write. */
export function OpsEmails() {
  const router = useRouter();
  const shown = useSearchParams()?.get('show') === 'templates' ? 'templates' : 'written';
  return (
    <PageBody wide>
      <PageHeader
        title="E-mails"
        about="What this instance wrote to people, and each e-mail it can write."
      />
      <Tabs
        value={shown}
        keepMounted={false}
        onChange={(tab) => router.replace(tab === 'templates' ? '?show=templates' : '?')}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="written">Written</Tabs.Tab>
          <Tabs.Tab value="templates">Templates</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="written">
          <Mailbox />
        </Tabs.Panel>
        <Tabs.Panel value="templates">
          <Templates />
        </Tabs.Panel>
      </Tabs>
    </PageBody>
  );
}
