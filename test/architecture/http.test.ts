import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const ELSEWHERE = /^(?:node_modules|test|simulators|dashboards|docs)(?:\/|$)/;

/** ADR 18: importing it as a module evaluates every name that it exports, `fetch` and `WebSocket` among them. */
test('no part of the server imports node:http for its values', () => {
  const files = globSync('**/*.ts', { cwd: ROOT, exclude: (name) => ELSEWHERE.test(name) });
  expect(files).toContain('store/influx/http.ts');
  const guilty = files.filter((file) =>
    /^import (?!type\b)[^;]*? from 'node:http'/m.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  expect(guilty, "take it from process.getBuiltinModule('node:http')").toEqual([]);
});
