import { expect, test } from 'vitest';
import { removeOldEvidence } from '../../composition/old-evidence.ts';
import { type CanonicalValue, canonical, parseCanonical } from '../../domain/canonical.ts';
import { startAssessService } from '../browser/assess-service.ts';

const WEEK = { from: '2026-01-05T08:00:00+08:00', to: '2026-01-12T08:00:00+08:00' };
const DAY = 86_400_000;

/** Without the evidence, and since when it is gone. */
function resultIn(text: string): string {
  const {
    assessment,
    evidenceRemovedAt: _at,
    ...place
  } = parseCanonical(text) as Record<string, CanonicalValue>;
  const { evidence: _evidence, ...result } = assessment as Record<string, CanonicalValue>;
  return canonical({ ...place, result });
}

test('evidence goes after its days, and nothing that was published changes by a byte', async () => {
  await using service = await startAssessService();
  const at = (path: string) => `${service.url}/api/v1/${path}`;
  const post = async (path: string, body: object) => {
    const response = await fetch(at(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const json = (await response.json()) as { readonly id: number };
    return { status: response.status, json };
  };
  const assess = { pilot: 'haida', rubric: 'zj-future-factory', ...WEEK };
  const ids: number[] = [];
  for (const _ of [1, 2]) {
    const { json } = await post('assessments', assess);
    ids.push(json.id);
    const about = { kind: 'closure', figure: 'networking-rate', verdict: 'corrected' };
    const answer = { ...about, note: '企业更正申报', by: '王工' };
    expect((await post(`assessments/${json.id}/entries`, answer)).status).toBe(201);
    const published = await post(`assessments/${json.id}/publish`, { by: '李主任' });
    expect(published.json).toMatchObject({ publishedBy: '李主任', evidenceRemovedAt: null });
  }
  const [old, newest] = ids as [number, number];
  const textOf = async (path: string) => {
    const response = await fetch(at(path));
    expect(response.status, path).toBe(200);
    return response.text();
  };
  const readers = async () => ({
    results: await Promise.all(ids.map(async (id) => resultIn(await textOf(`assessments/${id}`)))),
    others: await Promise.all(
      [
        ...ids.flatMap((id) =>
          ['rubric', 'report.html?lang=zh', 'report.html?lang=en'].map((of) => `${id}/${of}`),
        ),
        `${old}/difference?with=${newest}`,
      ].map((path) => textOf(`assessments/${path}`)),
    ),
    lists: [await textOf('assessments'), await textOf(`comparison?rubric=${assess.rubric}`)],
  });
  const before = await readers();
  const { digest } = JSON.parse(await textOf(`assessments/${old}`));
  expect(before.others[1]).toContain(digest);

  const { registry } = service;
  const [published] = registry.assessments.list({}).map(({ publishedAt }) => publishedAt as number);
  const after = (days: number, evidenceDays: number | null) =>
    removeOldEvidence({
      config: { data: { evidenceDays } },
      registry,
      now: (published as number) + days * DAY,
    });
  await after(9_000, null);
  await after(30, 30);
  expect((await fetch(at(`assessments/${old}/report.json`))).status).toBe(200);
  await after(31, 30);
  expect(await readers()).toEqual(before);

  const gone = JSON.parse(await textOf(`assessments/${old}`));
  expect(gone.evidenceRemovedAt).toBe(new Date((published as number) + 31 * DAY).toISOString());
  expect(gone.assessment.evidence.windows[0].machines[0].figures).toHaveLength(1);
  expect(JSON.parse(await textOf(`assessments/${newest}`)).evidenceRemovedAt).toBeNull();
  const refusal = {
    status: 410,
    code: 'evidence-removed',
    detail: expect.stringContaining('data.evidenceDays'),
  };
  const report = await fetch(at(`assessments/${old}/report.json`));
  expect(report.status).toBe(410);
  expect(await report.json()).toMatchObject(refusal);
  const rescored = await post(`assessments/${old}/rescore`, { rubric: 'utilisation' });
  expect(rescored).toMatchObject({ status: 410, json: refusal });
  expect((await post(`assessments/${newest}/rescore`, { rubric: 'utilisation' })).status).toBe(201);
});
