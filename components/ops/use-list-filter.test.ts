import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { ORGANIZATION_FIELDS } from './list-fields';
import { useListFilter } from './use-list-filter';

type Listed = ReturnType<typeof useListFilter<typeof ORGANIZATION_FIELDS>>;

function List({ give }: { give: (list: Listed) => void }) {
  give(useListFilter(ORGANIZATION_FIELDS));
  return null;
}

/** Renders the hook once, in a browser at `address`, so that what it gives is of before all changes. */
function renderedAt(address: string) {
  const location = new URL(address, 'http://localhost');
  const replaceState = (_state: unknown, _title: string, next: string) => {
    location.href = new URL(next, location).href;
  };
  vi.stubGlobal('window', { location, history: { replaceState } });
  const lists: Listed[] = [];
  renderToString(createElement(List, { give: (list) => lists.push(list) }));
  const [list] = lists;
  if (!list) throw new Error('The list was not rendered.');
  return { set: list.set, address: () => location.pathname + location.search };
}

afterEach(() => vi.unstubAllGlobals());

it('keeps a filter that was chosen since the list was rendered, such as while a search was typed', () => {
  const { set, address } = renderedAt('/ops/organizations');
  set({ state: 'suspended' });
  set({ search: 'quagga' });
  expect(address()).toBe('/ops/organizations?state=suspended&search=quagga');
});

it('begins a narrowed list at its first page, and stays in the filter from page to page', () => {
  const after = '0198c5a0-0000-7000-8000-000000000000';
  const { set, address } = renderedAt('/ops/organizations?state=active');
  set({ after });
  expect(address()).toBe(`/ops/organizations?state=active&after=${after}`);
  set({ state: 'closed' });
  expect(address()).toBe('/ops/organizations?state=closed');
  set({ state: '' });
  expect(address()).toBe('/ops/organizations');
});
