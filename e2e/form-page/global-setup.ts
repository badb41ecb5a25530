import { startFormSite } from './site';

/** Serves the form page for the tests, which read its address from `FORM_PAGE_URL`. */
export default async function setup(): Promise<() => Promise<void>> {
  const site = await startFormSite();
  process.env.FORM_PAGE_URL = site.url;
  return () => site.stop();
}
