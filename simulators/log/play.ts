import { existsSync, readFileSync } from 'node:fs';
import type { EpochMs } from '../../domain/time.ts';
import { topicOf } from '../event.ts';
import { type SimulateOptions, SimulateUsageError } from '../options.ts';
import { orAbort, pace } from '../publish/pace.ts';
import type { Play, Played } from '../simulate.ts';
import { writeTruth } from '../truth/file.ts';
import { keepTruth } from '../truth/memory.ts';
import { payloadOfReading, readingsOf, rebased } from './readings.ts';
import { parseShdr } from './shdr.ts';
import { configOfLog, recordLogTruth, windowOfLog } from './truth.ts';

/** Between two recordings the player waits no longer than this, at speed 1. */
const LONGEST_WAIT_MS = 60_000;
const PATH = /^[^/+#]+(\/[^/+#]+){4}$/;

/** A recorded log to be played as one machine. Throws {@link SimulateUsageError}. */
export function playLog(options: SimulateOptions, now: EpochMs): Play {
  const { log = '', machine = '', rebase, speed = 'max' } = options;
  if (!PATH.test(machine)) {
    throw new SimulateUsageError(
      `--log needs --machine enterprise/site/area/line/machine${machine === '' ? '' : `; "${machine}" has another depth`}`,
    );
  }
  if (!existsSync(log)) throw new SimulateUsageError(`--log ${log}: no such file`);
  if ((options.faults && Object.keys(options.faults).length > 0) || options.start !== undefined) {
    throw new SimulateUsageError('--log keeps what was recorded: leave --faults and --start out');
  }
  const { lines, counts } = parseShdr(readFileSync(log, 'utf8'));
  const { readings: recorded, signals, leftOut } = readingsOf(lines);
  const readings = rebase === 'now' ? rebased(recorded, now) : recorded;
  const window = windowOfLog(readings);
  if (!window) {
    throw new SimulateUsageError(
      `--log ${log}: no observation in it; a line is timestamp|key|value|key|value…`,
    );
  }
  return {
    config: configOfLog(machine),
    spoken: null,
    start: window.from,
    async run({ publisher, keepTruth: keep, signal, at }): Promise<Played> {
      const due = pace({ speed, start: 0, signal });
      const topic = topicOf(machine);
      let played = 0;
      let sinceStart = 0;
      let newest = readings[0]?.ts ?? 0;
      for (const reading of readings) {
        if (signal.aborted) break;
        // Recordings follow one another out of order: time that runs back takes none.
        sinceStart += Math.min(Math.max(reading.ts - newest, 0), LONGEST_WAIT_MS);
        newest = reading.ts;
        const early = due(sinceStart);
        if (early) await early;
        const full = publisher?.publish(0, topic, payloadOfReading(reading));
        played++;
        if (full) await orAbort(full, signal);
        else if (played % 256 === 0) await new Promise((resolve) => setImmediate(resolve));
        at(reading.ts, window.to);
      }
      const said = signal.aborted ? readings.slice(0, played) : readings;
      const memory = keep ? keepTruth() : null;
      const file = options.truth === undefined ? null : writeTruth(options.truth);
      const span = windowOfLog(said);
      for (const sink of [memory, file]) {
        if (sink && span) recordLogTruth({ machine, readings: said, window: span, sink });
      }
      file?.close();
      return {
        machines: 1,
        window: span ?? null,
        published: memory?.machines ?? null,
        real: null,
        unverified: span ?? null,
        befallen: {},
        log: { ...counts, signals: signals.length, leftOut },
      };
    },
  };
}
