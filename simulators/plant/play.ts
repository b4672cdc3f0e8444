import type { EpochMs, Span } from '../../domain/time.ts';
import { befall } from '../faults/befall.ts';
import type { FaultContext, FaultName } from '../faults/fault.ts';
import { CONNECTION_FAULTS, MACHINE_FAULTS, MESSAGE_FAULTS } from '../faults/index.ts';
import { clockErrorOf, latenessOf, loses, tellsLosses } from '../faults/plan.ts';
import { type SimulateOptions, SimulateUsageError } from '../options.ts';
import type { Outgoing } from '../outgoing.ts';
import { orAbort, pace } from '../publish/pace.ts';
import type { Play, Played, Stage } from '../simulate.ts';
import { writeTruth } from '../truth/file.ts';
import { plantFor } from './asked.ts';
import { courseOf } from './course.ts';
import { plantEvents } from './generate.ts';
import { openTruths } from './truths.ts';

/** Messages between two looks at the event loop. */
const BREATHE_EVERY = 256;

/** A plant to be played. */
export function playPlant(options: SimulateOptions, now: EpochMs): Play {
  const course = courseOf(options, now);
  const { faults: plan = {}, overtime = 0, oneSampleIn } = options;
  const seed = String(options.seed ?? 1);
  const { drawn, spoken } = plantFor(options);
  const { plant } = spoken;
  const { start, end } = course;
  const isLive = end === null || end > now;
  if (isLive && !spoken.booksAreOurs && plan.deaths && (plan.skew || plan.drift)) {
    throw new SimulateUsageError(
      "--faults: deaths beside skew or drift: a host dates a Sparkplug node's death by its own clock, and what the wrong clock says then is in dispute; leave one of them out, or play the past with --start or --for",
    );
  }

  return {
    config: plant.config,
    spoken,
    start,
    async run(stage): Promise<Played> {
      const { speaker, signal, at } = stage;
      if (!speaker && end === null) {
        throw new SimulateUsageError('without a broker the run needs an end; give --for');
      }
      const file = options.truth === undefined ? null : writeTruth(options.truth);
      const truths = openTruths({
        from: start,
        config: plant.config,
        keep: stage.keepTruth,
        loses: loses(plan),
        tellsLosses: tellsLosses(plan),
        file,
      });
      const befallen: Partial<Record<FaultName, number>> = {};
      const context: FaultContext = {
        ...{ seed, start, plant, plan },
        befell: (fault) => {
          befallen[fault] = (befallen[fault] ?? 0) + 1;
        },
      };
      let reached = start;

      function* happening(): Generator<Outgoing, void> {
        const telling = oneSampleIn === undefined ? {} : { sampleInto: oneSampleIn };
        const agenda = { seed, start, overtime, orders: options.orders === true, telling };
        for (const event of plantEvents(drawn, agenda)) {
          if (signal.aborted || (end !== null && event.ts >= end)) return;
          reached = Math.max(reached, event.ts);
          const machine = spoken.pathOf.get(event.machine) as string;
          yield { event: { ...event, machine }, due: event.ts };
        }
      }
      function* toldTo(
        truth: 'happened' | 'published',
        outgoing: Iterable<Outgoing>,
      ): Generator<Outgoing, void> {
        for (const told of outgoing) {
          // A clock that is fast says what belongs to later windows.
          if (end !== null && told.event.ts >= end) continue;
          truths[truth](told.event);
          yield told;
        }
      }
      const happened = toldTo('happened', befall(happening(), MACHINE_FAULTS, context));
      const published = toldTo('published', befall(happened, CONNECTION_FAULTS, context));
      const outgoing = befall(published, MESSAGE_FAULTS, context);

      const windows = windowsOf({ stage, start });
      if (speaker) {
        const due = pace({ speed: course.speed, start, signal });
        let count = 0;
        for (const told of outgoing) {
          const early = due(told.due);
          if (early) await early;
          // What still comes after the end belongs to the last part.
          if (windows && told.due >= windows.next && (end === null || told.due < end)) {
            const lateMs = latenessOf(plan) + clockErrorOf(plan, told.due - start);
            await windows.end(Math.floor(told.due - lateMs), truths);
          }
          const full = speaker.say(told);
          if (full) await orAbort(full, signal);
          else if (++count % BREATHE_EVERY === 0) await breathe();
          at(told.due, end);
        }
      } else {
        let count = 0;
        for (const { due } of outgoing) {
          if (++count % 4096 !== 0) continue;
          at(due, end);
          await breathe();
        }
      }
      const to = signal.aborted || end === null ? reached + 1 : end;
      const last = truths.close(to);
      file?.close();
      return {
        machines: plant.machines.length,
        window: { from: start, to },
        unverified: { from: windows?.from ?? start, to },
        ...last,
        befallen,
        log: null,
      };
    },
  };
}

/** The parts of the run that are verified while it goes on; `null`: it is verified as a whole, in the end. */
function windowsOf({ stage, start }: { readonly stage: Stage; readonly start: EpochMs }) {
  const { checkpoint } = stage;
  if (!checkpoint) return null;
  return {
    from: start,
    next: start + checkpoint.everyMs,
    /** Ends a part at an instant before which everything is published. */
    async end(to: EpochMs, truths: ReturnType<typeof openTruths>): Promise<void> {
      this.next += checkpoint.everyMs;
      if (to <= this.from) return;
      const window: Span = { from: this.from, to };
      await checkpoint.reached(window, truths.within(window));
      truths.forgetBefore(to);
      this.from = to;
    },
  };
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
