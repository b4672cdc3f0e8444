import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type RunningApi, startApi } from './start-api.ts';

interface BadRequest {
  readonly why: string;
  readonly request: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly status: number;
  readonly code: string;
  readonly allow?: string;
  readonly errors?: readonly { in: string; name: string; message: string; allowed?: string }[];
}

const folder = new URL('./bad-requests/', import.meta.url);

describe.each(readdirSync(folder))('%s', (file) => {
  const cases = parse(readFileSync(new URL(file, folder), 'utf8')) as readonly BadRequest[];
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  test.each(cases)(
    '$request: $why',
    async ({ why, request, headers, body, status, code, allow, errors = [] }) => {
      expect(why).toBeTruthy();
      const answer = await api.ask(request, {
        ...(headers ? { headers } : {}),
        ...(body === undefined ? {} : { body }),
      });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.status).toBe(status);
      expect(answer.json).toMatchObject({ status, code, type: `urn:kaidong:problem:${code}` });
      expect(answer.json.errors).toHaveLength(errors.length);
      for (const [index, wanted] of errors.entries()) {
        const given = answer.json.errors[index];
        // Those who ask by the page read Chinese too.
        if (code === 'body-invalid' || code === 'parameter-invalid')
          expect(given.zh, given.message).toBeDefined();
        expect(given).toMatchObject({ in: wanted.in, name: wanted.name });
        expect(given.message).toContain(wanted.message);
        expect(given.allowed.join(' · ')).toContain(wanted.allowed ?? '');
      }
      expect(answer.headers.get('allow')).toBe(allow ?? null);
      expect(answer.text).not.toMatch(/\bat .+:\d+:\d+|node_modules/);
    },
  );
});
