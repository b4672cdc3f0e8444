import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dashboards } from '../../dashboards/grafana/dashboards/index.ts';
import { faultsOf } from './faults.ts';

const PROVISIONING = join(import.meta.dirname, '../../dashboards/grafana/provisioning');
const read = (file: string): string => readFileSync(join(PROVISIONING, file), 'utf8');
const FILES = readdirSync(join(PROVISIONING, 'dashboards')).filter((name) => name.endsWith('.json'));
const parsed = FILES.map((file) => ({ file, board: JSON.parse(read(`dashboards/${file}`)) }));

describe('the committed dashboards', () => {
  const uids = parsed.map(({ board }) => board.uid as string);

  test('are those of the list, each with a uid and a title of its own', () => {
    expect(FILES.toSorted()).toEqual(dashboards.map(({ id }) => `${id}.json`).toSorted());
    expect(new Set(uids).size).toBe(uids.length);
    expect(new Set(parsed.map(({ board }) => board.title)).size).toBe(uids.length);
  });

  test.each(parsed.map(({ file, board }) => [file, board] as const))('%s keeps every rule', (file, board) => {
    expect(faultsOf(board, uids)).toEqual([]);
    expect(read(`dashboards/${file}`).length).toBeLessThan(80_000);
  });
});

interface Broken {
  readonly why: string;
  readonly fault: string;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: string;
  readonly replace?: readonly [string, string];
}

/** The dashboard with one thing changed. */
function broken(board: object, { set = {}, remove, replace }: Broken): object {
  const text = JSON.stringify(board);
  const copy = JSON.parse(replace ? text.replaceAll(...replace) : text);
  const at = (path: string): readonly [holder: Record<string, unknown>, key: string] => {
    const keys = path.split('.');
    const key = keys.pop() as string;
    return [keys.reduce((part, name) => part[name], copy), key];
  };
  for (const [path, value] of Object.entries(set)) {
    const [holder, key] = at(path);
    holder[key] = value;
  }
  if (remove !== undefined) {
    const [holder, key] = at(remove);
    delete holder[key];
  }
  return copy;
}

describe('the rules: a dashboard is faulted, one that', () => {
  const { board } = parsed.find(({ file }) => file === 'line.json')!;
  const uids = ['kaidong-line', 'kaidong-machine'];
  const cases = parse(readFileSync(join(import.meta.dirname, 'broken.yaml'), 'utf8')) as readonly Broken[];
  test.each(cases.map((one, n) => [`${one.fault} (${n + 1})`, one] as const))('%s', (_name, one) => {
    expect(one.why.length).toBeGreaterThan(10);
    expect(faultsOf(board, uids).join('\n')).not.toContain(one.fault);
    expect(faultsOf(broken(board, one), uids).join('\n')).toContain(one.fault);
  });
});

interface Rule {
  readonly uid: string;
  readonly title: string;
  readonly for: string;
  readonly condition: string;
  readonly noDataState: string;
  readonly execErrState: string;
  readonly dashboardUid: string;
  readonly panelId: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly data: readonly { readonly refId: string; readonly datasourceUid: string }[];
}

describe('the committed alerts', () => {
  const file = parse(read('alerting/kaidong.yaml')) as { groups: readonly { rules: readonly Rule[] }[] };
  const rules = file.groups.flatMap((group) => group.rules);

  test('are four, each with a uid of its own', () => {
    expect(rules.map(({ uid }) => uid)).toEqual([
      'kaidong-machine-down',
      'kaidong-silent-source',
      'kaidong-coverage-low',
      'kaidong-spool-filling',
    ]);
  });

  test.each(rules.map((rule) => [rule.uid, rule] as const))(
    '%s says in both languages what happened and what to do, and leads to a panel',
    (_uid, rule) => {
      for (const text of [rule.title, rule.annotations.summary, rule.annotations.description])
        expect(text).toMatch(/\p{Script=Han}.*[A-Za-z]{3}/su);
      expect(rule.for).toMatch(/^\d+m$/);
      expect(rule.labels.severity).toMatch(/^(warning|critical)$/);
      expect(['NoData', 'Alerting', 'OK']).toContain(rule.noDataState);
      expect(['Error', 'Alerting']).toContain(rule.execErrState);
      const board = parsed.find((one) => one.board.uid === rule.dashboardUid)!.board;
      expect(board.panels.map(({ id }: { id: number }) => id)).toContain(rule.panelId);
      // Grafana puts what its environment has in place of what begins so.
      expect(JSON.stringify([rule.annotations, rule.labels, rule.title])).not.toContain('${');
      const refs = rule.data.map(({ refId }) => refId);
      expect(refs).toEqual(['A', 'B', 'C']);
      expect(refs).toContain(rule.condition);
    },
  );

  test('ask the data source that each provisioning brings', () => {
    for (const folder of ['datasources', 'datasources-influxdb1']) {
      const { datasources } = parse(read(`${folder}/influxdb.yaml`)) as { datasources: object[] };
      expect(datasources).toEqual([
        expect.objectContaining({
          uid: 'kaidong',
          type: 'influxdb',
          isDefault: true,
          jsonData: expect.objectContaining({ version: 'InfluxQL' }),
        }),
      ]);
    }
    for (const { data } of rules)
      for (const { datasourceUid } of data) expect(['kaidong', '__expr__']).toContain(datasourceUid);
  });
});
