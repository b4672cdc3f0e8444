import type { LedgerMark, LedgerMarks } from '../../analysis/ledger-marks.ts';

/** The recorder's bookkeeping in memory; handed on to a second analysis, it is what a restart finds. */
export function createMemoryMarks(): LedgerMarks {
  const until = new Map<string, number>();
  const configs = new Map<string, string>();
  const documents = new Map<string, string>();
  let marks: LedgerMark[] = [];
  const touches: LedgerMark[] = [];
  let lastId = 0;
  return {
    recordedUntil: (machine) => until.get(machine) ?? null,
    answered: () => new Map(),
    setWatchedUntil: () => {},
    setRecordedUntil(entries) {
      for (const entry of entries) {
        until.set(entry.machine, Math.max(entry.until, until.get(entry.machine) ?? entry.until));
      }
    },
    configOf: (machine) => configs.get(machine) ?? null,
    setConfig(entries) {
      for (const { machine, config, document } of entries) {
        configs.set(machine, config);
        if (document !== undefined) documents.set(config, document);
      }
    },
    documentOf: (config) => documents.get(config) ?? null,
    mark(added) {
      for (const mark of added) {
        marks.push({ id: ++lastId, ...mark });
        touches.push({ id: lastId, ...mark });
      }
    },
    touch(entries) {
      for (const { machine, from } of entries) touches.push({ id: ++lastId, machine, from, to: from });
    },
    takeMarks: (limit) => marks.filter(({ saysOnly }) => !saysOnly).slice(0, limit),
    clearMarks(ids) {
      const cleared = new Set(ids);
      marks = marks.filter(({ id }) => !cleared.has(id));
    },
    moveMarks(ids, from) {
      const moved = new Set(ids);
      marks = marks.map((mark) =>
        moved.has(mark.id) && mark.from < from ? { ...mark, from, to: Math.max(mark.to, from) } : mark,
      );
    },
    newestMark: () => lastId,
    marksOf: (machine) => marks.filter((mark) => mark.machine === machine),
    standings: () =>
      new Map(
        [...until].map(([machine, at]) => [machine, { until: at, config: configs.get(machine) ?? null }]),
      ),
    touchedSince: (id) => ({ newest: lastId, from: earliestOf(touches.filter((touch) => touch.id > id)) }),
    pending: () => earliestOf(marks.filter(({ saysOnly }) => !saysOnly)),
  };
}

function earliestOf(marks: readonly LedgerMark[]): Map<string, number> {
  const earliest = new Map<string, number>();
  for (const { machine, from } of marks) {
    earliest.set(machine, Math.min(from, earliest.get(machine) ?? from));
  }
  return earliest;
}
