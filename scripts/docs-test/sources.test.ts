import { expect, test } from 'vitest';
import { goFile } from './go-source';
import { tsModule } from './module-source';

test('statements of Go get a main, with types and functions outside of it and the imports they need', () => {
  const file = goFile([
    'type Decision struct {\n\tApprove bool\n}\n\ntype nothing struct{}',
    'client := humanrail.NewClient(os.Getenv("KEY"))',
    'func handle(w http.ResponseWriter) {\n\tw.WriteHeader(200)\n}\n\nfmt.Println(client)',
  ]);
  expect(file).toContain('import (\n\t"fmt"\n\t"net/http"\n\thumanrail "github.com');
  expect(file).toContain(
    'type Decision struct {\n\tApprove bool\n}\n\ntype nothing struct{}\n\nfunc handle',
  );
  expect(file.indexOf('func handle')).toBeLessThan(file.indexOf('func main() {'));
  expect(file.indexOf('type Decision')).toBeLessThan(file.indexOf('func main() {'));
  expect(file.indexOf('fmt.Println(client)')).toBeGreaterThan(file.indexOf('func main() {'));
});

test('a whole file of Go stays as it is', () => {
  const file = 'package main\n\nfunc main() {}\n';
  expect(goFile([file])).toBe(file);
});

test('what several blocks of TypeScript import is imported once', () => {
  const source = tsModule([
    "import { HumanRail } from '@humanrail/sdk';\nconst a = 1;",
    "import express from 'express';\nimport {\n  HumanRail,\n  verifyWebhookSignature,\n} from '@humanrail/sdk';\nconst b = 2;",
    "import type { Task } from '@humanrail/sdk';",
  ]);
  expect(source.match(/from '@humanrail\/sdk'/g)).toHaveLength(1);
  expect(source).toContain(
    "import { HumanRail, type Task, verifyWebhookSignature } from '@humanrail/sdk';",
  );
  expect(source).toContain("import express from 'express';");
  expect(source.indexOf('const a')).toBeLessThan(source.indexOf('const b'));
});
