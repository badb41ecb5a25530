import { expect, type Locator, type Page } from '@playwright/test';
import { domId, ID_SEPARATOR } from '@/components/task-form/fields/field-id';

/** The chosen variants where a schema leaves a choice: their titles, by JSON pointer. */
export type Variants = Record<string, string>;

const JSON_LABEL = 'Answer as JSON';

function byId(page: Page, id: string): Locator {
  return page.locator(`[id=${JSON.stringify(id)}]`);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fills in the form on the page like a person, field by field. */
export async function fillForm(page: Page, answer: unknown, variants: Variants = {}) {
  await new Filler(page, variants).fill([], answer);
}

/** Enters the answer as JSON, if the page offers nothing else or it is preferred. */
export async function fillJson(page: Page, answer: unknown) {
  await page.getByLabel(JSON_LABEL).fill(JSON.stringify(answer));
}

class Filler {
  constructor(
    private page: Page,
    private variants: Variants,
  ) {}

  private id(steps: string[]): string {
    return domId(['root', ...steps].join(ID_SEPARATOR));
  }

  async fill(steps: string[], value: unknown): Promise<void> {
    const open = byId(this.page, `${this.id(steps)}__open`);
    if (value !== null && (await open.isVisible())) await open.click();
    await this.chooseVariant(steps);
    const field = byId(this.page, this.id(steps)).first();
    // A field that depends on a choice just made may take a moment.
    if (value === null && (await field.count()) === 0) return;
    await expect(field, `the field at /${steps.join('/')}`).toBeAttached();
    const kind = await field.evaluate((element) => {
      if (element.matches('[data-choice]')) return element.matches('[data-many]') ? 'many' : 'one';
      if (element.matches('select')) return 'select';
      if (element.matches('[data-json]')) return 'json';
      if (element.matches('input, textarea')) {
        return element.matches('[type="hidden"]') ? 'hidden' : 'text';
      }
      return 'group';
    });
    switch (kind) {
      case 'hidden':
        return;
      case 'one':
        return this.choose(field, value);
      case 'many':
        return this.chooseMany(field, value as unknown[]);
      case 'select':
        await field.selectOption(value === undefined ? '' : JSON.stringify(value));
        return;
      case 'json':
        return this.write(field, JSON.stringify(value));
      case 'text':
        return this.write(field, value === null ? '' : String(value));
      default:
        if (Array.isArray(value)) return this.fillList(steps, value);
        if (isRecord(value)) return this.fillGroup(steps, value);
    }
  }

  private async chooseVariant(steps: string[]) {
    const title = this.variants[steps.map((step) => `/${step}`).join('')];
    if (title === undefined) return;
    const id = this.id(steps);
    const selector = this.page.locator(
      ['__oneof_select', '__anyof_select']
        .map((ending) => `[id=${JSON.stringify(id + ending)}]`)
        .join(', '),
    );
    await expect(selector, `the choice of a variant at /${steps.join('/')}`).toBeAttached();
    if (await selector.evaluate((element) => element.matches('select'))) {
      await selector.selectOption({ label: title });
    } else {
      await selector.getByText(title, { exact: true }).click();
    }
  }

  private async choose(field: Locator, value: unknown) {
    const option = field.locator(`input[value=${JSON.stringify(JSON.stringify(value))}]`);
    if (!(await option.isChecked())) await option.locator('xpath=..').click();
    await expect(option).toBeChecked();
  }

  private async chooseMany(field: Locator, values: unknown[]) {
    const wanted = new Set(values.map((value) => JSON.stringify(value)));
    for (const option of await field.locator('input').all()) {
      const isWanted = wanted.has(await option.inputValue());
      if ((await option.isChecked()) !== isWanted) await option.locator('xpath=..').click();
    }
  }

  private async write(field: Locator, text: string) {
    if ((await field.inputValue()) === text) return;
    const isTyped = await field.evaluate((element) =>
      element.matches('textarea, [type="text"], [type="number"]'),
    );
    if (!isTyped || text.length > 40 || text.includes('\n')) {
      // Date and time boxes take their value in the browser's own format.
      await field.fill(await this.asBoxText(field, text));
      return;
    }
    await field.fill('');
    await field.pressSequentially(text);
  }

  private async asBoxText(field: Locator, text: string): Promise<string> {
    const type = await field.getAttribute('type');
    if (type === 'time') return text.replace(/Z$/, '').replace(/^(\d\d:\d\d):00$/, '$1');
    if (type !== 'datetime-local') return text;
    return this.page.evaluate((moment) => {
      const at = new Date(moment);
      const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString();
      return local.slice(0, at.getSeconds() > 0 ? 19 : 16);
    }, text);
  }

  private async fillList(steps: string[], values: unknown[]) {
    const add = byId(this.page, `${this.id(steps)}__add`);
    for (const [index, value] of values.entries()) {
      const entries = byId(this.page, this.id(steps)).locator(
        ':scope > div > [data-entry], :scope > div > table > tbody > [data-entry]',
      );
      if ((await entries.count()) <= index) await add.click();
      await expect(entries).not.toHaveCount(index);
      await this.fill([...steps, String(index)], value);
    }
  }

  private async fillGroup(steps: string[], value: Record<string, unknown>) {
    for (const [name, part] of Object.entries(value)) {
      const inner = [...steps, name];
      const place = await this.placeOf(inner);
      if (place === 'named') await this.addNamed(steps, name);
      if (place !== 'none') await this.fill(inner, part);
    }
  }

  /** Where a part is entered: in a field, as a custom-named entry, or nowhere. */
  private async placeOf(steps: string[]): Promise<'field' | 'named' | 'none'> {
    const id = this.id(steps);
    const endings = ['', '__oneof_select', '__anyof_select', '__open'];
    const field = this.page
      .locator(endings.map((ending) => `[id=${JSON.stringify(id + ending)}]`).join(', '))
      .first();
    if ((await field.count()) > 0) return 'field';
    const add = byId(this.page, `${this.id(steps.slice(0, -1))}__add`);
    if ((await add.count()) > 0) return 'named';
    // It may depend on an answer just given; a constant never appears, because the form adds it.
    const comes = field.waitFor({ state: 'attached', timeout: 1_500 });
    return comes.then(
      () => 'field',
      () => 'none',
    );
  }

  private async addNamed(steps: string[], name: string) {
    await byId(this.page, `${this.id(steps)}__add`).click();
    const key = this.page.locator('[id$="-key"]:focus');
    await expect(key).toBeFocused();
    await key.pressSequentially(name);
    await key.press('Tab');
    await expect(byId(this.page, `${this.id([...steps, name])}-key`)).toBeAttached();
  }
}
