import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readStages, textsOf } from './image/read-dockerfile';
import { root } from './launcher/packaged';
import { readSettings } from './launcher/settings';
import { isServed, readServedHosts } from './serving/served-hosts.mjs';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Every variable of `.env.example`, which documents each. */
const KNOWN = new Set([...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
const PORT = 3000;

/** The image's stages; the last defines how it runs. */
const stages = readStages(read('Dockerfile'));
const argumentsOf = (name: string) => stages.flatMap((stage) => textsOf(stage, name));

interface Probe {
  httpGet: { path: string; port: string; httpHeaders: { name: string; value: string }[] };
}
interface Container {
  name: string;
  image: string;
  command?: string[];
  env?: { name: string }[];
  envFrom?: Record<string, { name: string }>[];
  ports?: { name: string; containerPort: number }[];
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
}
/** The parts of a Kubernetes object that the checks read. */
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec: {
    selector: Record<string, string> & { matchLabels: Record<string, string> };
    template: { metadata: { labels: Record<string, string> }; spec: { containers: Container[] } };
    ports: { name: string; port: number; targetPort: string }[];
    rules: {
      http: {
        paths: { path: string; backend: { service: { name: string; port: { name: string } } } }[];
      };
    }[];
  };
}

describe('docs/pages/self-hosting/kubernetes.mdx', () => {
  const manifests = [
    ...read('docs/pages/self-hosting/kubernetes.mdx').matchAll(/^```yaml\n([\s\S]*?)^```$/gm),
  ].flatMap(([, text = '']) =>
    parseAllDocuments(text).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as Manifest;
    }),
  );
  const find = (kind: string, name = 'humanrail') => {
    const found = manifests.find((each) => each.kind === kind && each.metadata.name === name);
    if (!found) throw new Error(`There is no ${kind} ${name}.`);
    return found;
  };
  const settings = { ...find('ConfigMap').data, ...find('Secret').stringData };
  const container = find('Deployment').spec.template.spec.containers[0] as Container;

  it('has every object that it speaks of, each with a name and a version', () => {
    expect(manifests.map(({ kind }) => kind).sort()).toEqual([
      'ConfigMap',
      'Deployment',
      'Deployment',
      'Ingress',
      'Job',
      'PodDisruptionBudget',
      'Secret',
      'Service',
      'Service',
    ]);
    for (const { apiVersion, metadata } of manifests) {
      expect(apiVersion).toMatch(/^([a-z.0-9]+\/)?v1$/);
      expect(metadata.name).toMatch(/^[a-z0-9-]+$/);
    }
  });

  it('sets variables that the app has, to values that it takes', () => {
    expect(Object.keys(settings).filter((name) => !KNOWN.has(name))).toEqual([]);
    const env = { HOST: '0.0.0.0', PORT: String(PORT), ...settings };
    expect(readSettings([], env)).toMatchObject({
      externalEngine: true,
      databaseUrl: settings.DATABASE_URL,
      publicUrl: settings.PUBLIC_URL,
    });
    expect(Object.values(settings).every((value) => typeof value === 'string')).toBe(true);
  });

  it('gives all of them to the app, and runs commands of the image', () => {
    expect(container.envFrom).toEqual([
      { secretRef: { name: 'humanrail' } },
      { configMapRef: { name: 'humanrail' } },
    ]);
    const job = find('Job', 'humanrail-migrate-0-2-0').spec.template.spec.containers[0];
    const [, , command] = (job?.command ?? []) as string[];
    expect(job?.command?.slice(0, 2)).toEqual(JSON.parse(argumentsOf('CMD').at(-1) ?? '[]'));
    expect(command).toBe('migrate');
    expect(job?.image).toBe(container.image);
  });

  it('probes paths and a port that the app serves, under a host that it answers for', () => {
    const served = readServedHosts(settings);
    for (const probe of [
      container.startupProbe,
      container.readinessProbe,
      container.livenessProbe,
    ]) {
      const { path, port, httpHeaders } = probe?.httpGet ?? { path: '', port: '', httpHeaders: [] };
      expect(existsSync(join(root, 'app', path, 'route.ts'))).toBe(true);
      expect(container.ports).toContainEqual({ name: port, containerPort: PORT });
      expect(isServed(httpHeaders.find(({ name }) => name === 'Host')?.value, served)).toBe(true);
    }
    expect(container.readinessProbe?.httpGet.path).toBe('/readyz');
    expect(container.livenessProbe?.httpGet.path).toBe('/healthz');
  });

  it('leads from the ingress and from Inngest to the app, and back', () => {
    const labels = find('Deployment').spec.template.metadata.labels;
    expect(find('Service').spec.selector).toEqual(labels);
    expect(find('PodDisruptionBudget').spec.selector.matchLabels).toEqual(labels);
    const [port] = find('Service').spec.ports;
    expect(port).toEqual({ name: 'http', port: PORT, targetPort: 'http' });
    const backend = find('Ingress').spec.rules[0]?.http.paths[0]?.backend.service;
    expect(backend).toEqual({ name: 'humanrail', port: { name: 'http' } });
    expect(settings.INNGEST_SERVE_ORIGIN).toBe(`http://humanrail:${PORT}`);
    const inngest = find('Service', 'inngest').spec.ports[0]?.port;
    expect(settings.INNGEST_BASE_URL).toBe(`http://inngest:${inngest}`);
    const served = readServedHosts(settings);
    expect(isServed(new URL(settings.INNGEST_SERVE_ORIGIN ?? '').host, served)).toBe(true);
  });
});

describe('the image', () => {
  it('is built of files that are there, and that .dockerignore lets in', () => {
    const ignored = read('.dockerignore').split('\n');
    const sources = argumentsOf('COPY')
      .filter((line) => !line.startsWith('--from'))
      .flatMap((line) => line.split(/\s+/).slice(0, -1));
    expect(sources.length).toBeGreaterThan(4);
    for (const source of sources) {
      expect(existsSync(join(root, source)), source).toBe(true);
      expect(ignored).not.toContain(source.replace('./', ''));
    }
    // Contents of the package other than the app.
    for (const name of ['LICENSE', 'NOTICE', 'CHANGELOG.md', 'README.md']) {
      expect(ignored).not.toContain(name);
    }
  });

  it('runs the launcher itself, as a user by number that is not root', () => {
    expect(argumentsOf('USER').at(-1)).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(JSON.parse(argumentsOf('CMD').at(-1) ?? '[]')).toEqual([
      'node',
      'node_modules/humanrail/bin/humanrail.mjs',
    ]);
    expect(argumentsOf('EXPOSE')).toEqual([String(PORT)]);
    expect(argumentsOf('ENV').join(' ')).toContain(`HOST=0.0.0.0 PORT=${PORT} DATA_DIR=/data`);
    expect(argumentsOf('HEALTHCHECK').join()).toContain('/healthz');
  });
});

describe('compose.yaml', () => {
  interface Service {
    environment?: Record<string, string>;
    depends_on?: Record<string, { condition: string }>;
    ports?: string[];
    command?: string;
  }
  const { services } = parse(read('compose.yaml')) as { services: Record<string, Service> };

  it('sets variables that the app has, to values that it takes', () => {
    const environment = services.app?.environment ?? {};
    expect(Object.keys(environment).filter((name) => !KNOWN.has(name))).toEqual([]);
    const given: Record<string, string> = {
      POSTGRES_PASSWORD: 'secret',
      APP_SECRET: 'a'.repeat(64),
      INNGEST_EVENT_KEY: '0123456789abcdef',
      INNGEST_SIGNING_KEY: '0123456789abcdef0123456789abcdef',
    };
    const fill = (text: string) =>
      text.replace(
        /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
        (_, name: string, fallback = '') => given[name] ?? fallback,
      );
    const env = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, fill(value)]),
    );
    expect(readSettings([], { HOST: '0.0.0.0', ...env })).toMatchObject({
      externalEngine: true,
      processes: 1,
    });
  });

  it('waits for what is there, and opens Caddy alone', () => {
    for (const { depends_on = {} } of Object.values(services)) {
      for (const name of Object.keys(depends_on)) expect(Object.keys(services)).toContain(name);
    }
    const open = Object.entries(services).filter(([, { ports }]) => ports);
    expect(open.map(([name]) => name)).toEqual(['caddy']);
    expect(services.caddy?.command).toContain(`--to app:${PORT}`);
  });
});
