import type { Bilingual, CalendarDate, Pilot } from './register.ts';

/** Something in a pilot that can't hold; `path` leads to it. */
export interface PilotProblem {
  readonly path: readonly (string | number)[];
  readonly message: Bilingual;
  readonly allowed: readonly string[];
}

/** Checks what a pilot's shape doesn't show: names used twice, references that lead nowhere, periods that end before they begin. */
export function pilotProblems(pilot: Pilot): readonly PilotProblem[] {
  return [
    ...twice(pilot.sites, (site) => [site], ['sites'], []),
    ...twice(pilot.processes, ({ id }) => [id], ['processes'], ['id']),
    ...twice(pilot.equipment, ({ id }) => [id], ['equipment'], ['id']),
    ...twice(pilot.declared, ({ figure, role, date }) => [figure, role, date], ['declared'], ['figure']),
    ...twice(pilot.answers, ({ rubric, indicator }) => [rubric, indicator], ['answers'], ['indicator']),
    ...unknownProcesses(pilot),
    ...pilot.declared.flatMap(({ period }, index) =>
      period && period.to < period.from ? [endsBeforeItBegins(period, index)] : [],
    ),
  ];
}

function twice<T>(
  entries: readonly T[],
  keyOf: (entry: T) => readonly string[],
  list: readonly string[],
  field: readonly string[],
): PilotProblem[] {
  const first = new Set<string>();
  return entries.flatMap((entry, index) => {
    const parts = keyOf(entry);
    const key = JSON.stringify(parts);
    if (!first.has(key)) {
      first.add(key);
      return [];
    }
    const name = parts.join(' ');
    const message = {
      zh: `“${name}”出现两次，请删除其中之一`,
      en: `"${name}" is there twice; remove one of them`,
    };
    return [{ path: [...list, index, ...field], message, allowed: [] }];
  });
}

function unknownProcesses({ equipment, processes }: Pilot): PilotProblem[] {
  const known = new Set(processes.map(({ id }) => id));
  return equipment.flatMap((entry, index) =>
    entry.process === null || known.has(entry.process)
      ? []
      : [{ path: ['equipment', index, 'process'], ...unknownProcess(entry.process, known) }],
  );
}

/** What to say of a process that the pilot doesn't have. */
export function unknownProcess(
  name: string,
  known: Iterable<string>,
): Pick<PilotProblem, 'message' | 'allowed'> {
  return {
    message: {
      zh: `没有工序“${name}”，请先登记该工序或更正编号`,
      en: `there is no process "${name}"; register it, or correct the id`,
    },
    allowed: [...known],
  };
}

const endsBeforeItBegins = (
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
  index: number,
): PilotProblem => ({
  path: ['declared', index, 'period', 'to'],
  message: {
    zh: `截止日 ${to} 早于起始日 ${from}`,
    en: `the period ends on ${to}, before it begins on ${from}`,
  },
  allowed: [],
});
