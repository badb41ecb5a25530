/** The part that is read of Playwright's JSON report. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: ReportedSuite[];
}

interface ReportedSuite {
  suites?: ReportedSuite[];
  specs: { file: string; title: string; tests: { status: string }[] }[];
}

/** The tests that failed at first and passed when they ran again, as `file › title`. */
export function flakyTests(report: Pick<PlaywrightReport, 'suites'> | undefined): string[] {
  return (report?.suites ?? []).flatMap((suite) => [
    ...suite.specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ file, title }) => `${file} › ${title}`),
    ...flakyTests({ suites: suite.suites ?? [] }),
  ]);
}
