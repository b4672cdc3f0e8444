import { notificationDeskOf } from '../../composition/notification-desk.ts';
import { createNotifier } from '../../composition/notifier.ts';
import { createPlantCalendar } from '../../composition/plant-calendar.ts';
import { notifyOf } from '../../config/notify.ts';
import { configSchema } from '../../config/schema.ts';
import type { Facts, MachineFact } from '../../notify/facts.ts';
import { openRegistry } from '../../registry/registry.ts';
import { PLANT } from './entry.ts';

export const M1 = 'acme/zhoushan/a/l/m1';
export const M2 = 'acme/zhoushan/a/l/m2';
/** Monday, in the shift. */
export const TEN = Date.parse('2026-03-02T10:00:00+08:00');
export const MINUTE_MS = 60_000;

/** A notifier on a data folder with a clock and a plant that a test moves by hand. */
export function handNotifier({
  dir,
  notify,
  now = TEN,
}: {
  readonly dir: string;
  /** The section of the configuration. */
  readonly notify: object;
  readonly now?: number;
}) {
  const clock = { now };
  const machines = new Map<string, MachineFact>();
  const calendar = createPlantCalendar(PLANT);
  const registry = openRegistry({ dir, now: () => clock.now });
  const { settings } = notifyOf(configSchema.parse({ notify }).notify);
  const config = { notify: settings, plant: PLANT, data: configSchema.parse({}).data };
  const logged: { readonly event: string; readonly fields: object }[] = [];
  const gather = async (): Promise<Facts> => {
    const asOf = clock.now;
    return {
      ...{ asOf, coverage: null, books: null, parts: null, certificates: null, disk: null, hearing: true },
      machines: [...machines.values()],
      planned: (machine) => calendar.planned(machine, asOf),
      scheduledMs: (machine, from) => calendar.scheduledMs(machine, from, asOf),
    };
  };
  const notifier = createNotifier({
    ...{ config, dir, registry, gather, now: () => clock.now, random: () => 1 },
    log: (_level, event, fields = {}) => logged.push({ event, fields }),
  });
  return {
    ...{ clock, registry, logged },
    desk: notificationDeskOf({ config, registry, now: () => clock.now }),
    /** From now on the machine is in this state. */
    is(path: string, state: MachineFact['state']): void {
      const since = clock.now;
      machines.set(path, {
        ...{
          path,
          state,
          since,
          reason: null,
          lastHeard: since,
          stale: false,
          source: null,
          maxSilenceMs: 600_000,
        },
      });
    },
    /** Time passes, with a look and a delivery every minute. */
    async pass(minutes: number): Promise<void> {
      for (let minute = 0; minute < minutes; minute++) {
        clock.now += MINUTE_MS;
        await notifier.watch();
        await notifier.deliver();
      }
    },
    watch: notifier.watch,
    deliver: notifier.deliver,
    stop: notifier.stop,
    [Symbol.dispose]() {
      notifier[Symbol.dispose]();
      registry.close();
    },
  };
}
