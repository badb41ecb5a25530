import { isStalePage } from './stale-page';

/** What is said where a page, or the frame around all of them, failed to render. */
export interface FailureWords {
  icon: 'bolt' | 'warning';
  title: string;
  text: string;
  /** Only reloading the page helps, because a newer version has replaced its chunks. */
  isStale: boolean;
}

/** The digest finds the failure in the logs. */
export function failureWords(error: Error & { digest?: string }): FailureWords {
  if (isStalePage(error)) {
    return {
      icon: 'bolt',
      title: 'There is a new version',
      text: 'HumanRail was updated while this page was open. Reload it to go on.',
      isStale: true,
    };
  }
  const { digest } = error;
  return {
    icon: 'warning',
    title: 'This page could not be shown',
    text: `Something went wrong on our side${digest ? ` (${digest})` : ''}. Nothing you did is lost.`,
    isStale: false,
  };
}
