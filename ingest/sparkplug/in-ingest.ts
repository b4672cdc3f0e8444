import type { IngestLog } from '../log.ts';
import type { QuarantineSelection } from '../ports.ts';
import type { ReplayAnswer } from '../replay.ts';
import { createSparkplugDecoder, type SparkplugNews } from './decoder.ts';
import type { MachineOf } from './names.ts';
import { createReread } from './reread.ts';
import { type StartTimer, startTimer } from './timer.ts';
import type { WantsDigits } from './translate.ts';

export interface SparkplugOptions {
  /** Which machine a node or a device is, where a rule says otherwise than `{group}/-/-/{node}/{device}`. */
  readonly machineOf?: MachineOf | undefined;
  /** Of which signals a rule makes a text or a rounded number where an integer is too large. */
  readonly wantsDigits?: WantsDigits | undefined;
  readonly timer?: StartTimer | undefined;
}

/** What ingest has of Sparkplug: the decoder with its sessions, whom it tells, and what is read again after a birth. */
export function createSparkplug({
  machineOf,
  wantsDigits,
  timer = startTimer,
  mostSessions,
  replay,
  log,
}: SparkplugOptions & {
  readonly mostSessions: number;
  readonly replay: (selection: QuarantineSelection) => Promise<ReplayAnswer>;
  readonly log: IngestLog;
}) {
  const listeners = new Set<SparkplugNews>();
  const reread = createReread({ replay, log, timer });
  const decoder = createSparkplugDecoder({
    machineOf,
    wantsDigits,
    mostSessions,
    events: {
      unreadable(node, why) {
        for (const listener of listeners) listener.unreadable(node, why);
      },
      nodeBorn(node) {
        for (const listener of listeners) listener.nodeBorn(node);
      },
      readable: (topic, messages) => reread.readable(topic, messages),
      namesCollide: (machine, names) => log('sparkplug-names-collide', { machine, names }),
    },
  });
  return {
    decoder,
    onNews(listener: SparkplugNews): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: (): void => reread.close(),
  };
}
