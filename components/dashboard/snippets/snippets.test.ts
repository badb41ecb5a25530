import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@/components/ui/code/use-language';
import { CreateTask } from '@/server/features/tasks/schema';
import { readBalance } from './read-balance';
import { receiveEvents } from './receive-events';
import { FIRST_TASK, sendTask } from './send-task';

const publicUrl = 'https://rail.example.com';
const access = { key: 'ek_test_example', publicUrl };
const languages = LANGUAGES.map(({ value }) => value);

describe('the first task', () => {
  it('is a request that the API takes', () => {
    expect(CreateTask.safeParse(FIRST_TASK).success).toBe(true);
  });

  it.each(languages)('is whole in %s, with key and address', (language) => {
    const code = sendTask(language, access);
    expect(code).toContain('ek_test_example');
    expect(code).toContain('https://rail.example.com/v1');
    for (const word of ['Great product, 5 stars!', 'ai_generated', 'content_review', '300']) {
      expect(code).toContain(word);
    }
  });
});

describe.each(languages)('code in %s that anybody may see', (language) => {
  const open = { key: null, publicUrl };

  it('takes the key from the environment', () => {
    for (const code of [sendTask(language, open), readBalance(language, open)]) {
      if (language === 'curl') expect(code).toContain('$HUMANRAIL_API_KEY');
      expect(code).not.toContain('ek_');
    }
  });

  it('checks signatures by the secret of the environment', () => {
    const word = language === 'curl' ? '/v1/webhooks' : 'HUMANRAIL_WEBHOOK_SECRET';
    expect(receiveEvents(language, publicUrl)).toContain(word);
  });
});
