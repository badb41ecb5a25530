import { expect } from '@playwright/test';
import { fillCase, SCHEMA_CASES } from '../schema-table';
import { test } from './form-page';

test.describe('what is submitted is what was filled in, before and after a reload', () => {
  for (const one of SCHEMA_CASES) {
    test(`${one.file}: ${one.title}`, async ({ form }) => {
      await form.show(one.schema);
      await fillCase(form.page, one);
      const output = await form.submit();
      expect(output).toStrictEqual(one.answer);
      expect(form.check(output)).toEqual({ ok: true });

      await form.reload();
      expect(await form.submit()).toStrictEqual(one.answer);
      expect(form.problems).toEqual([]);
    });
  }
});
