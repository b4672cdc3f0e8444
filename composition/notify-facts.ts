import { periodAt } from '../analysis/cells.ts';
import { type Analysis, QuestionRefused } from '../analysis/port.ts';
import type { BooksAnswer, ReadinessPart } from '../api/ingest-desk.ts';
import type { Alert } from '../domain/alert.ts';
import { prefixOf } from '../domain/path.ts';
import { MACHINE_DEFAULTS, type Plant } from '../domain/plant.ts';
import { reasonIn } from '../domain/reason-tree.ts';
import { alwaysScheduled, siteAt } from '../domain/site-calendar.ts';
import type { EpochMs } from '../domain/time.ts';
import type {
  BooksSample,
  BooksSeries,
  CertificateFact,
  CoverageFact,
  DiskFact,
  Facts,
  MachineFact,
} from '../notify/facts.ts';
import type { RuleEntry } from '../notify/rule.ts';
import { ruleOf } from '../notify/rules/index.ts';
import { createPlantCalendar } from './plant-calendar.ts';
import { storeAwayPart } from './readiness.ts';

const MINUTE_MS = 60_000;
/** Rates are those of the last five minutes. */
const SAMPLED_MS = 5 * MINUTE_MS;
const COVERAGE_EVERY_MS = MINUTE_MS;
const CERTIFICATES_EVERY_MS = 10 * MINUTE_MS;
const DISK_EVERY_MS = 10 * MINUTE_MS;

export interface FactSources {
  readonly plant: Plant;
  readonly entries: readonly RuleEntry[];
  readonly analysis: Pick<Analysis, 'plant' | 'kpis' | 'timeline'>;
  /** Of each ingest that runs, by its worker's name. */
  readonly books: () => readonly (Pick<BooksAnswer, 'messages' | 'spool'> & { readonly ingest: string })[];
  readonly parts: () => readonly ReadinessPart[];
  readonly hearing: () => boolean;
  /** Absent: ingest runs elsewhere. */
  readonly sourceHeard?: NonNullable<Facts['sourceHeard']>;
  readonly certificates: () => readonly CertificateFact[];
  readonly disk: () => Promise<DiskFact>;
  readonly now: () => EpochMs;
}

/** Gathers what the entries' rules need, and nothing else. A store that can't answer makes what it knows `null`. */
export function createFactGathering({ plant, entries, analysis, now, ...sources }: FactSources) {
  const needs = new Set(entries.map(({ rule }) => ruleOf(rule).needs));
  const calendar = createPlantCalendar(plant);
  const declared = new Map(plant.machines.map((machine) => [machine.path, machine]));
  const settingsOf = (path: string) => declared.get(path) ?? MACHINE_DEFAULTS;
  const trees = new Map(plant.sites.map(({ path, reasons }) => [path, reasons]));
  const treeOf = (path: string) => trees.get(prefixOf(path, 'site'));
  const samples = new Map<string, BooksSample[]>();
  const coverage = everySoOften(COVERAGE_EVERY_MS, now, coverageNow);
  const certificates = everySoOften(CERTIFICATES_EVERY_MS, now, async () => sources.certificates());
  const disk = everySoOften(DISK_EVERY_MS, now, sources.disk);

  async function machinesNow(open: readonly Alert[]): Promise<MachineFact[]> {
    const began = new Map(
      open.filter(({ rule }) => rule === 'machine-stopped').map(({ subject, since }) => [subject, since]),
    );
    const { machines } = await analysis.plant();
    const facts: MachineFact[] = [];
    for (const { path, state, reason, since, lastHeard, stale, source } of machines) {
      const { maxSilenceMs } = settingsOf(path);
      const tree = treeOf(path);
      const named = tree && reason !== null ? reasonIn(tree, reason) : undefined;
      const fact = {
        ...{ path, state, reason, since, lastHeard, stale, source, maxSilenceMs },
        ...(named && { reasonName: { zh: named.zh, en: named.en } }),
      };
      const alertBegan = began.get(path);
      // State or reason changed since: whether the stop itself was broken, only the timeline knows.
      const recent =
        alertBegan !== undefined && since !== null && alertBegan < since
          ? (await analysis.timeline({ machine: path, from: alertBegan, to: since + 1 })).intervals
          : undefined;
      facts.push(recent ? { ...fact, recent } : fact);
    }
    return facts;
  }

  async function coverageNow(): Promise<readonly CoverageFact[]> {
    const at = now();
    const { machines } = await analysis.plant();
    const facts: CoverageFact[] = [];
    const bySite = Map.groupBy(machines, ({ path }) => siteAt(plant, path) ?? prefixOf(path, 'site'));
    for (const [found, own] of bySite) {
      const site = typeof found === 'string' ? alwaysScheduled(found, undefined) : found;
      const { from, shift } = periodAt(site, at);
      if (from >= at) continue;
      const paths = new Set(own.map(({ path }) => path));
      const { rows } = await analysis.kpis({
        ...{ scope: site.path, from, to: at, asOf: at },
        ...{ by: ['machine'], kpis: ['utilisation'] },
      });
      for (const { key, figures } of rows) {
        const machine = key.machine as string;
        if (!paths.has(machine)) continue;
        facts.push({
          machine,
          shift,
          from,
          coverage: figures[0]?.coverage ?? null,
          floor: settingsOf(machine).coverageFloor,
          plannedMs: calendar.scheduledMs(machine, from, at),
        });
      }
    }
    return facts;
  }

  /** An ingest that publishes no books now begins anew when it does. */
  function sampled(at: EpochMs): readonly BooksSeries[] | null {
    const books = sources.books();
    for (const ingest of samples.keys()) {
      if (!books.some((own) => own.ingest === ingest)) samples.delete(ingest);
    }
    for (const { ingest, messages, spool } of books) {
      if (!spool) continue;
      const { bytes, maxBytes } = spool;
      const known = samples.getOrInsert(ingest, []);
      known.push({ at, refused: messages.refused, spoolBytes: bytes, spoolMaxBytes: maxBytes });
      while ((known[0] as BooksSample).at < at - SAMPLED_MS) known.shift();
    }
    return samples.size === 0 ? null : [...samples].map(([ingest, own]) => ({ ingest, samples: own }));
  }

  return async (open: readonly Alert[]): Promise<Facts> => {
    let trouble: unknown;
    /** `null` where it isn't needed, or can't be had now. */
    const unlessAway = async <T>(needed: boolean, gather: () => Promise<T>): Promise<T | null> => {
      if (!needed) return null;
      try {
        return await gather();
      } catch (error) {
        // No machine lies in a scope where nothing was heard yet: that is no trouble of the store's.
        if (!(error instanceof QuestionRefused)) trouble = error;
        return null;
      }
    };
    const machines = await unlessAway(needs.has('machines'), () => machinesNow(open));
    const covered = await unlessAway(needs.has('coverage'), coverage);
    // A disk that can't be measured says nothing of the store.
    const filled = needs.has('disk') ? await disk().catch(() => null) : null;
    if (needs.has('parts') && !needs.has('machines')) await unlessAway(true, () => analysis.plant());
    const at = now();
    return {
      asOf: at,
      machines,
      coverage: covered,
      books: needs.has('books') ? sampled(at) : null,
      parts: needs.has('parts') ? withStore(sources.parts(), trouble) : null,
      certificates: needs.has('certificates') ? await certificates() : null,
      disk: filled,
      hearing: sources.hearing(),
      ...(sources.sourceHeard ? { sourceHeard: sources.sourceHeard } : {}),
      planned: (machine) => calendar.planned(machine, at),
      scheduledMs: (machine, from) => calendar.scheduledMs(machine, from, at),
    };
  };
}

/** The parts, the store among them as away where it couldn't be read, whatever ingest says of writing. */
function withStore(parts: readonly ReadinessPart[], trouble: unknown): readonly ReadinessPart[] {
  return trouble === undefined ? parts : [...parts.filter(({ part }) => part !== 'store'), storeAwayPart];
}

/** Something costly, made anew when it is older than so much; a failed attempt leaves nothing behind. */
function everySoOften<T>(everyMs: number, now: () => EpochMs, make: () => Promise<T>): () => Promise<T> {
  let made: { readonly at: EpochMs; readonly value: T } | undefined;
  return async () => {
    const at = now();
    if (made && at >= made.at && at - made.at < everyMs) return made.value;
    made = undefined;
    const value = await make();
    made = { at, value };
    return value;
  };
}
