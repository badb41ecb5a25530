import { pageStyle } from './page-style';
import { type Backlog, type RunDetail, type RunSummary, runStatuses } from './run-queries';

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}

function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title><style>${pageStyle}</style></head>
<body><main>${body}</main></body></html>`;
}

/** A duration in the largest unit that fits, such as `3 min`. */
function span(ms: number): string {
  const seconds = Math.abs(ms) / 1_000;
  if (seconds < 1) return `${Math.round(Math.abs(ms))} ms`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

function when(ms: number, nowMs: number): string {
  const iso = new Date(ms).toISOString();
  const text = ms > nowMs ? `in ${span(ms - nowMs)}` : `${span(nowMs - ms)} ago`;
  return `<time datetime="${iso}" title="${iso}">${text}</time>`;
}

function badge(status: string): string {
  return `<span class="badge ${escapeHtml(status)}">${escapeHtml(status)}</span>`;
}

function retryForm(run: RunSummary): string {
  if (run.status !== 'failed' && run.status !== 'cancelled') return '';
  return `<form method="post" action="/runs/${escapeHtml(run.id)}/retry"><button>Retry</button></form>`;
}

/** The front page: waiting work and the newest runs. */
export function listPage(
  backlog: Backlog,
  runs: RunSummary[],
  status: string | undefined,
  nowMs: number,
): string {
  const figures: [string, number][] = [
    ['events to fan out', backlog.events],
    ['ready', backlog.ready],
    ['executing', backlog.executing],
    ['waiting for capacity', backlog.waiting_for_capacity],
    ['scheduled', backlog.scheduled],
    ['runs under way', backlog.running],
    ['failed, last day', backlog.failed_last_day],
  ];
  const tiles = figures
    .map(([label, value]) => `<div><dt>${label}</dt><dd>${value}</dd></div>`)
    .join('');
  const filters = ['', ...runStatuses]
    .map((value) => {
      const current = value === (status ?? '') ? ' aria-current="page"' : '';
      return `<a href="/${value ? `?status=${value}` : ''}"${current}>${value || 'all'}</a>`;
    })
    .join(' ');
  const items = runs.map((run) => listItem(run, nowMs)).join('');
  return layout(
    'Engine',
    `<h1>Engine</h1><dl class="tiles">${tiles}</dl><h2>Runs</h2><nav aria-label="Status">${filters}</nav>
    ${items ? `<ul class="runs">${items}</ul>` : '<p>No runs here yet. A run starts when an event that a registered function waits for is sent.</p>'}`,
  );
}

function listItem(run: RunSummary, nowMs: number): string {
  const took =
    run.ended_at === null ? '' : ` · took ${span(run.ended_at - (run.started_at ?? run.run_at))}`;
  const error =
    run.error && run.status !== 'completed' ? `<p class="error">${escapeHtml(run.error)}</p>` : '';
  return `<li><div class="row"><a href="/runs/${escapeHtml(run.id)}">${escapeHtml(run.function_id)}</a>${badge(run.status)}</div>
    <p class="meta">${escapeHtml(run.event_name ?? '')} · ${when(run.created_at, nowMs)}${took}</p>${error}${retryForm(run)}</li>`;
}

/** One run: its steps, errors, queued work, events and output. */
export function runPage(run: RunDetail, nowMs: number): string {
  const steps = run.steps
    .map(
      (step) => `<li><div class="row"><strong>${escapeHtml(step.name || step.id)}</strong>
      ${badge(stepState(step))}</div><p class="meta">${escapeHtml(step.op)} · ${
        step.ended_at === null
          ? `since ${when(step.started_at, nowMs)}`
          : when(step.ended_at, nowMs)
      }</p>${step.done ? disclose('Result', step.result) : ''}</li>`,
    )
    .join('');
  const jobs = run.jobs
    .map(
      (
        job,
      ) => `<li><div class="row"><strong>${escapeHtml(job.kind)}</strong>${badge(job.state)}</div>
      <p class="meta">attempt ${job.attempt + 1} of ${job.max_attempts} · due ${when(job.run_at, nowMs)}</p>
      ${job.last_error ? `<p class="error">${escapeHtml(job.last_error)}</p>` : ''}</li>`,
    )
    .join('');
  return layout(
    `Run ${run.id}`,
    `<nav><a href="/">All runs</a></nav><h1>${escapeHtml(run.function_id)}</h1>
    <div class="row"><code>${escapeHtml(run.id)}</code>${badge(run.status)}</div>
    <p class="meta">${escapeHtml(run.event_name ?? '')} · created ${when(run.created_at, nowMs)}</p>
    ${run.error ? `<p class="error">${escapeHtml(run.error)}</p>` : ''}${retryForm(run)}
    <h2>Steps</h2>${steps ? `<ol class="runs">${steps}</ol>` : '<p>No step has been reported.</p>'}
    ${jobs ? `<h2>Queued</h2><ul class="runs">${jobs}</ul>` : ''}
    <h2>Data</h2>${disclose('Events', run.events)}${disclose('Output', run.output)}`,
  );
}

function stepState(step: RunDetail['steps'][number]): string {
  if (!step.done) return 'waiting';
  const failed = typeof step.result === 'object' && step.result !== null && 'error' in step.result;
  return failed ? 'failed' : 'completed';
}

function disclose(title: string, value: unknown): string {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  const shown = text.length > 20_000 ? `${text.slice(0, 20_000)}\n… cut` : text;
  return `<details><summary>${title}</summary><pre>${escapeHtml(shown)}</pre></details>`;
}
