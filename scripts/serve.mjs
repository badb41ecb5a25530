// Serves the app: a primary process that supervises workers, each of which handles requests on the
// same port. Run by the launcher; configured by PORT, HOSTS (comma-separated), WEB_PROCESSES and
// SERVE_DEV, and by PUBLIC_URL, ALLOWED_HOSTS and TRUSTED_PROXIES. The doors (`server/doors`) are
// handled in front of Next, except in development, where Next reloads changes, and with
// SERVE_DOORS=next.
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import next from 'next';
import { readTrustedProxies } from './serving/client-address.mjs';
import { createFrontDoor } from './serving/front-door.mjs';
import { readServedHosts } from './serving/served-hosts.mjs';
import { shareFigures } from './serving/share-figures.mjs';

const port = Number(process.env.PORT ?? 3000);
const hosts = (process.env.HOSTS ?? '127.0.0.1').split(',');
const processes = Number(process.env.WEB_PROCESSES ?? 1);
const dev = process.env.SERVE_DEV === '1';
const servedHosts = readServedHosts(process.env);
const trustedProxies = readTrustedProxies(process.env.TRUSTED_PROXIES);
const doorsInNext = dev || process.env.SERVE_DOORS === 'next';
const GRACE_MS = 10_000;

if (cluster.isPrimary && processes > 1) keepWorkers();
else await serve();

function keepWorkers() {
  let stopping = false;
  let pause = 0;
  const workers = new Set();
  const share = shareFigures(() => workers);
  const fork = () => {
    const begun = performance.now();
    const worker = cluster.fork();
    workers.add(worker);
    share(worker);
    worker.once('exit', (code, signal) => {
      workers.delete(worker);
      if (stopping) {
        if (workers.size === 0) process.exit(0);
        return;
      }
      pause = performance.now() - begun > 30_000 ? 0 : Math.min(15_000, pause * 2 + 250);
      console.error(`Error: an app process exited (${signal ?? code}); starting another.`);
      setTimeout(() => !stopping && fork(), pause);
    });
  };
  for (let i = 0; i < processes; i++) fork();
  const stop = () => {
    if (stopping) return;
    stopping = true;
    if (workers.size === 0) process.exit(0);
    for (const worker of workers) worker.process.kill('SIGTERM');
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function serve() {
  const doors = doorsInNext ? null : await import('../.next/doors/doors.mjs');
  doors?.boot();
  // Next handles upgrades of only the server it is given; without them a page of the development
  // server stays inert. So all addresses forward theirs to this one.
  const httpServer = createServer();
  const app = next({ dev, dir: process.cwd(), hostname: 'localhost', port, httpServer });
  const handle = app.getRequestHandler();
  await app.prepare();
  const open = new Set();
  const servers = [];
  const answer = (request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    if (!doors?.answerByDoor(request, response)) void handle(request, response);
  };
  // Only the development server accepts WebSockets, for hot reloading.
  const upgrade = dev ? (...args) => httpServer.emit('upgrade', ...args) : undefined;
  for (const host of hosts) {
    const server = createFrontDoor({ servedHosts, trustedProxies }, answer, upgrade);
    if (await listen(server, host)) servers.push(server);
  }
  if (servers.length === 0) throw new Error(`None of ${hosts.join(', ')} could be listened on.`);

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), GRACE_MS).unref();
    const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
    // A stream never ends on its own; its reader reconnects and resumes.
    for (const response of open) {
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) {
        response.destroy();
      }
    }
    // Idle keep-alive connections would keep the process alive until they time out.
    const timer = setInterval(() => {
      if (open.size > 0) return;
      clearInterval(timer);
      for (const server of servers) server.closeAllConnections();
    }, 100);
    void Promise.all(closed)
      .then(() => doors?.endTracing())
      .finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Listens on one address; false if this machine has no such address (often so with ::1). */
function listen(server, host) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve(false);
      else reject(error);
    });
    server.listen(port, host, () => resolve(true));
  });
}
