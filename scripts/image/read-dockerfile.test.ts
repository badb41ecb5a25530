import { expect, it } from 'vitest';
import { readStages } from './read-dockerfile';
import { stageScript } from './stage-script';

const DOCKERFILE = `# syntax=docker/dockerfile:1
FROM node:22 AS build
WORKDIR /src
COPY a.json b.json ./
# A remark within an instruction is none of it.
RUN one \\
  # and another
  && two
FROM node:22
ENV A=1
COPY --from=build /x.tgz /tmp/x.tgz
RUN echo 'it is'
`;

it('reads the stages of a Dockerfile', () => {
  expect(readStages(DOCKERFILE).map(({ name }) => name)).toEqual(['build', '1']);
  expect(readStages(DOCKERFILE)[0]?.instructions).toEqual([
    { name: 'WORKDIR', text: '/src' },
    { name: 'COPY', text: 'a.json b.json ./' },
    { name: 'RUN', text: 'one    && two' },
  ]);
  expect(() => readStages('RUN x')).toThrow('precedes the first FROM');
});

it('runs each in its own system, and copies from one to the next', () => {
  const [build, last] = readStages(DOCKERFILE);
  if (!build || !last) throw new Error('A stage is missing.');
  expect(stageScript('/s', build, '/context')).toContain(
    'cp -a /context/a.json /s/build/root/src/./',
  );
  const script = stageScript('/s', last, '/context');
  expect(script).toContain('cp -a /s/build/root//x.tgz /s/1/root/tmp/x.tgz');
  expect(script).toContain(`export CI=1 A=1; echo '\\''it is'\\''`);
});
