import { type Stage, textsOf } from './read-dockerfile';

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Where a stage's file system is mounted. */
export const mountOf = (scratch: string, name: string) => `${scratch}/${name}/root`;

/** Shell code that mounts a copy-on-write view of this system for a stage. */
function mountScript(scratch: string, name: string): string {
  const home = `${scratch}/${name}`;
  const root = mountOf(scratch, name);
  return [
    `mkdir -p ${home}/changes ${home}/work ${root}`,
    `mount -t overlay overlay -o lowerdir=/,upperdir=${home}/changes,workdir=${home}/work ${root}`,
    `mount --rbind /proc ${root}/proc`,
    `mount --rbind /dev ${root}/dev`,
  ].join('\n');
}

/** The environment set by a stage's instructions before `at`, as assignments for `env`. */
function environmentOf(stage: Stage): string {
  return textsOf(stage, 'ENV').join(' ');
}

const directoryOf = (stage: Stage) => textsOf(stage, 'WORKDIR').at(-1) ?? '/';

/** Shell code that runs the instructions of a stage in its own file system. */
export function stageScript(scratch: string, stage: Stage, context: string): string {
  const root = mountOf(scratch, stage.name);
  const lines = [mountScript(scratch, stage.name)];
  const inside = (command: string) =>
    `chroot ${root} /bin/sh -ec ${quoted(`cd ${directoryOf(stage)}; export CI=1 ${environmentOf(stage)}; ${command}`)}`;
  for (const { name, text } of stage.instructions) {
    if (name === 'WORKDIR') lines.push(`mkdir -p ${root}${text}`);
    else if (name === 'RUN') lines.push(inside(text));
    else if (name === 'COPY') lines.push(copyScript(scratch, stage, text, context));
  }
  return lines.join('\n');
}

function copyScript(scratch: string, stage: Stage, text: string, context: string): string {
  const words = text.split(/\s+/);
  const from = /^--from=(\S+)$/.exec(words[0] ?? '')?.[1];
  const [target = '', ...sources] = words.slice(from ? 1 : 0).reverse();
  const origin = from ? mountOf(scratch, from) : context;
  const absolute = target.startsWith('/') ? target : `${directoryOf(stage)}/${target}`;
  const goal = `${mountOf(scratch, stage.name)}${absolute}`;
  // A folder's content is copied into the target; several files go into a folder.
  return sources
    .reverse()
    .map((source) => {
      const path = `${origin}/${source}`;
      return `if [ -d ${path} ]; then mkdir -p ${goal}; cp -a ${path}/. ${goal}/; else cp -a ${path} ${goal}; fi`;
    })
    .join('\n');
}

/**
 * Shell code that runs the image: its command, as its user, on a system that is read-only except
 * for its volumes and /tmp, until its health check succeeds; then stops it.
 */
export function runScript(scratch: string, stage: Stage, port: number): string {
  const root = mountOf(scratch, stage.name);
  const [user = '0', group = user] = (textsOf(stage, 'USER').at(-1) ?? '').split(':');
  const json = (text: string) => (JSON.parse(text) as string[]).map(quoted).join(' ');
  const command = json(textsOf(stage, 'CMD').at(-1) ?? '[]');
  const check = json(
    /CMD\s+(\[.*\])/.exec(textsOf(stage, 'HEALTHCHECK').at(-1) ?? '')?.[1] ?? '[]',
  );
  const volumes = textsOf(stage, 'VOLUME');
  const environment = `${environmentOf(stage)} PORT=${port} HOME=/tmp`;
  const as = `setpriv --reuid ${user} --regid ${group} --clear-groups --no-new-privs`;
  const inside = (words: string) =>
    `chroot ${root} ${as} /bin/sh -c ${quoted(`cd ${directoryOf(stage)}; exec env ${environment} ${words}`)}`;
  return [
    ...volumes.map((path) => `mount --bind ${root}${path} ${root}${path}`),
    `mount -t tmpfs -o mode=1777 tmpfs ${root}/tmp`,
    `mount -o remount,bind,ro ${root}`,
    `if chroot ${root} touch ${directoryOf(stage)}/x 2>/dev/null; then echo "The system can be written."; exit 1; fi`,
    `${inside(command)} & launcher=$!`,
    `for i in $(seq 1 120); do if ${inside(check)} 2>/dev/null; then healthy=1; break; fi; sleep 1; done`,
    'if [ -z "$healthy" ]; then echo "The health check never succeeded."; kill $launcher; exit 1; fi',
    'echo "✓ The health check succeeds; telling the image to stop."',
    'kill -TERM $launcher; wait $launcher',
    `left=$(ps -eo user:20,args | grep -F ${stage.instructions.length > 0 ? directoryOf(stage) : '/'}/node_modules | grep -v grep || true)`,
    'if [ -n "$left" ]; then echo "Left running: $left"; exit 1; fi',
  ].join('\n');
}
