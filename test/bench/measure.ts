import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');

/** Ticks of `/proc/<pid>/stat` a second. */
const TICKS = 100;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/** Median, minimum and maximum of every number of the runs. */
export function summaryOf(
  runs: readonly Readonly<Record<string, number>>[],
): Record<string, { median: number; min: number; max: number }> {
  const names = Object.keys(runs[0] ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const values = runs.map((run) => run[name] as number);
      return [name, { median: median(values), min: Math.min(...values), max: Math.max(...values) }];
    }),
  );
}

/** User and system seconds that a process and all that it started have used; Linux only. */
export function cpuSeconds(pid: number): number {
  return treeOf(pid).reduce((sum, one) => {
    try {
      return sum + secondsIn(`/proc/${one}/stat`);
    } catch {
      return sum;
    }
  }, 0);
}

/** Those of a process's main thread alone, which runs its JavaScript; the others compile, collect, write and store. */
export const mainThreadSeconds = (pid: number): number => secondsIn(`/proc/${pid}/task/${pid}/stat`);

function secondsIn(path: string): number {
  const stat = readFileSync(path, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident megabytes of a process and all that it started, now and at the highest. */
export function memoryMb(pid: number): { now: number; peak: number } {
  const read = (one: number, field: string): number => {
    try {
      const line = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${one}/status`, 'utf8'));
      return Number(line?.[1] ?? 0) / 1024;
    } catch {
      return 0;
    }
  };
  const tree = treeOf(pid);
  return {
    now: tree.reduce((sum, one) => sum + read(one, 'VmRSS'), 0),
    peak: tree.reduce((sum, one) => sum + read(one, 'VmHWM'), 0),
  };
}

function treeOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // It ended meanwhile.
    }
  }
  const tree = [pid];
  for (const one of tree) tree.push(...(children.get(one) ?? []));
  return tree;
}

/** Asks again and again until the answer is yes; rejects, saying what didn't happen, when that takes too long. */
export async function until(
  what: string,
  patienceMs: number,
  happened: () => Promise<boolean>,
  everyMs = 20,
): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await happened())) {
    if (performance.now() > deadline) throw new Error(`waited ${patienceMs / 1000} s in vain until ${what}`);
    await delay(everyMs);
  }
}

const STORED_WITHIN_MS = 60_000;

interface BooksBody {
  readonly messages: Readonly<Record<string, number>>;
}

/**
 * Waits until nothing is under way into a platform's store; resolves with the number of messages in it. The books of ten thousand
 * sources are megabytes: who measures what a message costs looks before each time they are asked for.
 */
export async function storedAll(
  { ready }: Started,
  { everyMs, beforeAsking }: { readonly everyMs?: number; readonly beforeAsking?: () => void } = {},
): Promise<number> {
  let stored = 0;
  const isStored = async (): Promise<boolean> => {
    beforeAsking?.();
    const response = await fetch(`${ready.http}/api/v1/ingest/books`);
    const { messages } = (await response.json()) as BooksBody;
    stored = messages.stored ?? 0;
    return (messages.spooled ?? 0) + (messages.inFlight ?? 0) === 0;
  };
  await until('all is in the store', STORED_WITHIN_MS, isStored, everyMs);
  return stored;
}

export interface Ready {
  readonly http: string | null;
  readonly mqtt: string | null;
}

/** A `kaidong` process as a user starts it. */
export interface Started extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ready: Ready;
}

/** Starts `kaidong <args> --json` and waits for its ready line. Disposal sends SIGTERM and waits. */
export async function startKaidong(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Started> {
  const child = spawn(process.execPath, [join(ROOT, 'bin/kaidong.js'), ...args, '--json'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`kaidong ${args.join(' ')} ended with ${code} before it was ready`);
  });
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  ended.catch(() => {});
  return {
    child,
    pid: child.pid as number,
    ready: JSON.parse(line) as Ready,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
