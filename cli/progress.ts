import type { Invocation } from './command.ts';

const TOLD_EVERY_MS = 1000;

/** What is done of long work: machines, and cells of theirs. */
export interface Done {
  readonly machines: number;
  readonly cells: number;
}

/** Tells how far long work has come, at most once a second: in words, or as lines of JSON. */
export function createProgress(
  { values, print, report }: Pick<Invocation, 'values' | 'print' | 'report'>,
  whole: Done,
  now: () => number = () => performance.now(),
) {
  const began = now();
  let told = began;
  const so = { machines: 0, cells: 0, changed: 0 };
  return {
    seconds: (): number => Math.round(now() - began) / 1000,
    done(part: Done & { readonly changed: number }): void {
      for (const name of ['machines', 'cells', 'changed'] as const) so[name] += part[name];
      if (now() - told < TOLD_EVERY_MS && so.cells < whole.cells) return;
      told = now();
      const seconds = (told - began) / 1000;
      const cellsPerSecond = Math.round(so.cells / Math.max(seconds, 0.001));
      const secondsLeft = Math.ceil(((whole.cells - so.cells) / Math.max(so.cells, 1)) * seconds);
      if (values.json === true) {
        const of = { ofMachines: whole.machines, ofCells: whole.cells };
        print(JSON.stringify({ event: 'progress', ...so, ...of, cellsPerSecond, secondsLeft }));
      } else {
        report(
          `${so.machines} of ${whole.machines} machines, ${so.cells} of ${whole.cells} cells, ${cellsPerSecond} a second, about ${secondsLeft} s left; ${so.changed} changed`,
        );
      }
    },
  };
}
