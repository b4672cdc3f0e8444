import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shiftInstances } from '../../../analysis/cuts.ts';
import { loadConfig } from '../../../config.ts';
import { alerts } from '../../../dashboards/grafana/alerts/index.ts';
import { dashboardOf } from '../../../dashboards/grafana/dashboard.ts';
import { dashboards } from '../../../dashboards/grafana/dashboards/index.ts';
import type { Asked, Question } from '../../../dashboards/grafana/question.ts';
import { LEVELS, levelsOf } from '../../../domain/path.ts';
import type { Span } from '../../../domain/time.ts';
import { type AnnotationColumns, annotationOf } from './annotation.ts';
import {
  type Api,
  apiAt,
  type Choice,
  direct,
  type Expected,
  expected,
  rowName,
  spoolOf,
} from './answers.ts';
import { type Chosen, expand } from './expand.ts';
import type { InfluxReader, Row, Value } from './influx.ts';
import { type FedPlatform, STRANGE, startFed, WINDOW } from './plant.ts';

export interface Subject {
  readonly store: Readonly<Record<string, string>>;
  readonly reader: InfluxReader;
}

const ALL = { allValue: '.*' } as const;
const HOUR_MS = 3_600_000;
const INTERVAL = '30s';

/** What a viewer has chosen: the variables, and what they mean in the API's words. */
interface View {
  readonly name: string;
  readonly chosen: Chosen;
  readonly choice: Choice;
  /** The same as a scope of the API; `null`: there is none. */
  readonly scope: string | null;
}

interface Chart {
  readonly dashboard: string;
  readonly panel: string;
  readonly asked: Asked;
  readonly repeat: string | undefined;
}

const CHARTS: readonly Chart[] = dashboards.flatMap(({ id, panels }) =>
  panels.flatMap(({ spec }) =>
    spec.asked.map((asked) => ({ dashboard: id, panel: spec.title.en, asked, repeat: spec.repeat })),
  ),
);

/** Board posts are of now, the ledger is of the days that were simulated, assessments were made just now. */
const rangeOf = ({ ask }: Question): Span => {
  const now = Date.now();
  // Both ends of a range in Grafana belong to it.
  return ask === 'figure' || ask === 'ledger'
    ? { from: WINDOW.from, to: WINDOW.to - 1 }
    : { from: now - HOUR_MS, to: now + 60_000 };
};

/** How a question's rows are told apart, and whether each has a time of its own. */
function rowsOf(question: Question): {
  readonly by: readonly string[];
  readonly timed: boolean;
  readonly newest: boolean;
} {
  switch (question.ask) {
    case 'figure':
    case 'ledger':
      return { by: question.cells.by, timed: question.cells.each === true, newest: false };
    case 'plant':
      return { by: LEVELS, timed: false, newest: false };
    case 'machines':
      return { by: [], timed: false, newest: false };
    case 'books':
      return { by: [], timed: false, newest: question.series === true };
    case 'spool':
      return { by: [], timed: false, newest: true };
    case 'sources':
      return { by: ['source'], timed: false, newest: false };
    case 'assessments':
      return { by: ['pilot', 'rubric'], timed: question.each === true, newest: false };
  }
}

function shown(rows: readonly Row[], question: Question): Expected {
  const { by, timed, newest } = rowsOf(question);
  const kept = newest ? rows.slice(-1) : rows;
  const named = kept.map(
    ({ tags, time, values }) => [rowName(tags, by, timed ? time : null), values] as const,
  );
  expect(new Set(named.map(([name]) => name)).size, 'rows of one name').toBe(named.length);
  return new Map<string, Readonly<Record<string, Value>>>(named);
}

/** Every panel, variable, annotation and alert of the dashboards against a real store, and the API of the platform that wrote it. */
export function grafanaSuite(name: string, subject: () => Promise<Subject>): void {
  describe(name, () => {
    let fed: FedPlatform;
    let api: Api;
    let reader: InfluxReader;
    let views: readonly View[];
    let shifts: readonly string[];

    beforeAll(async () => {
      const opened = await subject();
      reader = opened.reader;
      fed = await startFed(opened.store);
      api = apiAt(fed.http);
      const { machines } = await api.get<{ machines: { path: string }[] }>('/api/v1/plant');
      shifts = await reader.tagValues('SHOW TAG VALUES FROM "shifts" WITH KEY = "shift"');
      views = viewsOf(machines.map(({ path }) => path));
    }, 180_000);
    afterAll(async () => {
      await fed?.[Symbol.asyncDispose]();
    });

    const viewsOf = (paths: readonly string[]): readonly View[] => {
      const [first = '', second = ''] = paths.filter((path) => path.startsWith(`${fed.site}/`));
      const own = levelsOf(first)!;
      const strange = levelsOf(STRANGE)!;
      const everything = {
        enterprise: ALL,
        site: ALL,
        area: ALL,
        line: ALL,
        machine: ALL,
        shift: ALL,
        pilot: ALL,
        rubric: ALL,
      };
      const choice: Choice = {
        machine: () => true,
        shift: () => true,
        pilot: () => true,
        grain: 'hour',
        window: WINDOW,
      };
      const page = { page: 'http://localhost:8080' };
      return [
        { name: 'all', scope: '', chosen: { ...everything, grain: 'hour', ...page }, choice },
        ...(['shift', 'day'] as const).map((grain) => ({
          name: `the site, by ${grain}`,
          scope: fed.site,
          chosen: { ...everything, enterprise: own.enterprise, site: own.site, grain, ...page },
          choice: { ...choice, grain, machine: (path: string) => path.startsWith(`${fed.site}/`) },
        })),
        {
          name: 'one line',
          scope: first.split('/', 4).join('/'),
          chosen: {
            ...everything,
            site: [own.site],
            area: [own.area],
            line: [own.line],
            grain: 'hour',
            ...page,
          },
          choice: { ...choice, machine: (path) => path.startsWith(`${first.split('/', 4).join('/')}/`) },
        },
        {
          name: 'two machines, one shift, one pilot',
          scope: null,
          chosen: {
            ...everything,
            machine: [own.machine, levelsOf(second)!.machine],
            shift: shifts.slice(0, 1),
            pilot: 'simulated',
            grain: 'shift',
            ...page,
          },
          choice: {
            ...choice,
            grain: 'shift',
            machine: (path) => [own.machine, levelsOf(second)!.machine].includes(levelsOf(path)!.machine),
            shift: (id) => id === shifts[0],
            pilot: (id) => id === 'simulated',
          },
        },
        {
          name: 'a machine of a strange name',
          scope: STRANGE,
          chosen: { ...everything, ...strange, grain: 'day', ...page },
          choice: { ...choice, grain: 'day', machine: (path) => path === STRANGE },
        },
      ];
    };

    const ask = async (asked: Asked, { chosen }: View): Promise<Expected> => {
      const range = rangeOf(asked.equals);
      return shown(
        await reader.rows(expand(asked.influxql, { chosen, range, interval: INTERVAL })),
        asked.equals,
      );
    };

    test.each(CHARTS.map((chart, n) => [`${chart.dashboard}: ${chart.panel} (${n})`, chart] as const))(
      '%s',
      async (_name, { asked, repeat }) => {
        let rows = 0;
        let compared = 0;
        for (const view of views) {
          const found = await ask(asked, view);
          expect(found, `${view.name}\n${asked.influxql}`).toEqual(
            await expected(api, asked.equals, view.choice),
          );
          rows += found.size;
          compared++;
          const straight = await direct(api, asked.equals, { ...view.choice, scope: view.scope });
          if (straight) expect(found, `${view.name}, asked directly`).toEqual(straight);
        }
        if (repeat === 'shift')
          for (const shift of shifts) {
            const all = views[0] as View;
            const one = {
              ...all,
              chosen: { ...all.chosen, shift },
              choice: { ...all.choice, shift: (id: string) => id === shift },
            };
            const found = await ask(asked, one);
            expect(found, `shift ${shift}`).toEqual(await expected(api, asked.equals, one.choice));
            rows += found.size;
          }
        expect(compared).toBe(views.length);
        expect(rows, 'rows in all views').toBeGreaterThan(0);
      },
    );

    test('most figures are also asked directly of /kpis, in one piece', async () => {
      let asked = 0;
      for (const chart of CHARTS)
        for (const view of views)
          if (await direct(api, chart.asked.equals, { ...view.choice, scope: view.scope })) asked++;
      expect(asked).toBeGreaterThan(100);
    });

    test.each(dashboards.map((spec) => [spec.id, spec] as const))(
      'variables of %s list what there is',
      async (_id, spec) => {
        const { machines } = await api.get<{ machines: { path: string }[] }>('/api/v1/plant');
        const own = machines.map(({ path }) => levelsOf(path)!);
        const { assessments } = await api.get<{ assessments: { pilot: string; rubric: string }[] }>(
          '/api/v1/assessments',
        );
        const list = dashboardOf(spec).templating.list ?? [];
        const queries = list
          .filter(({ type }) => type === 'query')
          .map(({ name, query }) => ({ name, query: (query as { query: string }).query }));
        expect(queries.length).toBeGreaterThan(0);
        for (const { name: variable, query } of queries) {
          const all = views[0] as View;
          const found = await reader.tagValues(
            expand(query, { chosen: all.chosen, range: WINDOW, interval: INTERVAL }),
          );
          const present =
            variable === 'shift'
              ? shifts
              : variable === 'pilot' || variable === 'rubric'
                ? assessments.map((one) => one[variable])
                : own.map((levels) => levels[variable as keyof typeof levels]);
          expect(new Set(found), variable).toEqual(new Set(present));
          expect(found.length).toBeGreaterThan(0);
        }
        // What is chosen above narrows what is below.
        const machine = queries.find(({ name: variable }) => variable === 'machine');
        if (!machine) return;
        const line = views.find((view) => view.name === 'one line') as View;
        const narrowed = await reader.tagValues(
          expand(machine.query, { chosen: line.chosen, range: WINDOW, interval: INTERVAL }),
        );
        expect(narrowed.toSorted()).toEqual(
          machines
            .filter(({ path }) => line.choice.machine(path))
            .map(({ path }) => levelsOf(path)!.machine)
            .sort(),
        );
      },
    );

    test('the annotation marks each run of a shift from its beginning to its end', async () => {
      const site = loadConfig({ file: fed.config }).plant.sites[0]!;
      const view = views[0] as View;
      const range = { from: WINDOW.from, to: WINDOW.to - 1 };
      const board = dashboardOf(dashboards.find(({ shifts: marked }) => marked)!);
      const target = board.annotations.list?.[0]?.target as unknown as AnnotationColumns & { query: string };
      const rows = await reader.rows(
        expand(target.query, { chosen: view.chosen, range, interval: INTERVAL }),
      );
      const runs = shiftInstances(site, WINDOW).filter(({ from }) => from >= range.from && from <= range.to);
      expect(runs.length).toBeGreaterThan(2);
      expect(rows.map((row) => annotationOf('shifts', row, target))).toEqual(
        runs.map(({ from, to, shift, day }) => ({
          time: from,
          timeEnd: to,
          title: shift,
          text: `${shift} ${day}`,
          tags: [site.path.split('/')[1]],
        })),
      );
    });

    describe('alerts', () => {
      let talker = '';
      const value: Record<(typeof alerts)[number]['equals'], (rows: readonly Row[]) => Promise<void>> = {
        async down(rows) {
          const { machines } = await api.get<{ machines: { path: string; state: string }[] }>(
            '/api/v1/plant',
          );
          expect(new Map(rows.map(({ tags, values }) => [rowName(tags, LEVELS, null), values.down]))).toEqual(
            new Map(machines.map(({ path, state }) => [path, Number(state === 'down')])),
          );
          expect(rows.filter(({ values }) => values.down === 1)).toHaveLength(1);
        },
        async received(rows) {
          const { sources } = await api.get<{ sources: { source: string }[] }>('/api/v1/ingest/books');
          const known = sources.map(({ source }) => source).filter((source) => source !== 'unmatched');
          expect(rows.map(({ tags }) => tags.source).sort()).toEqual(known.sort());
          const spread = Object.fromEntries(rows.map(({ tags, values }) => [tags.source, values.received]));
          expect(spread).toEqual({ ...Object.fromEntries(known.map((source) => [source, 0])), [talker]: 7 });
        },
        async coverage(rows) {
          const choice = (views[0] as View).choice;
          const question = {
            ask: 'figure',
            kpi: 'availability',
            part: 'coverage',
            column: 'coverage',
            cells: { by: LEVELS, grain: 'hour' },
          } as const;
          expect(shown(rows, question)).toEqual(await expected(api, question, choice));
        },
        async filled(rows) {
          const spool = await spoolOf(api);
          expect(rows.map(({ values }) => values.filled)).toEqual([spool.bytes / spool.maxBytes]);
        },
      };
      test.each(alerts.map((alert) => [alert.id, alert] as const))('%s', async (_id, alert) => {
        if (alert.equals === 'received') talker = await fed.more(7);
        // Of what was simulated where it is about the ledger, which it looks back to from now.
        const range =
          alert.equals === 'coverage'
            ? { from: WINDOW.from, to: WINDOW.to - 1 }
            : { from: fed.quietSince, to: Date.now() + 60_000 };
        const rows = await reader.rows(expand(alert.influxql, { chosen: {}, range, interval: INTERVAL }));
        expect(rows.length).toBeGreaterThan(0);
        await value[alert.equals](rows);
      });
    });
  });
}
