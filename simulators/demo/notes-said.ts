import type { EpochMs, Span } from '../../domain/time.ts';
import { shiftsFrom } from '../calendar.ts';
import { minute } from '../duration.ts';
import type { Floor } from '../floors/floor.ts';
import type { SiteConfig } from '../plant-config.ts';
import { between, oneOf, randomOf } from '../random.ts';

/** What one shift of a line hands over to the next. */
export interface SaidOfShift {
  readonly line: string;
  readonly shift: string;
  /** The production day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly text: string;
  readonly by: string;
  readonly at: EpochMs;
}

/** Of the shifts, so many leave a note. */
const SHARE = 0.55;

/** The notes of a line's shifts that ended in a span. */
export function* notesSaid({
  line,
  site,
  floor,
  seed,
  from,
  to,
}: Span & {
  readonly line: string;
  readonly site: SiteConfig;
  readonly floor: Floor;
  readonly seed: string | number;
}): Generator<SaidOfShift, void> {
  for (const shift of shiftsFrom(site, from)) {
    if (shift.from >= to) return;
    if (shift.to > to) continue;
    const random = randomOf(seed, line, 'handover', shift.from);
    if (random() > SHARE) continue;
    const began = Temporal.Instant.fromEpochMilliseconds(shift.from).toZonedDateTimeISO(site.zone);
    yield {
      ...{ line, shift: shift.id, day: began.toPlainDate().toString() },
      ...{ text: oneOf(random, floor.handover), by: oneOf(random, floor.operators) },
      at: shift.to - between(random, [2 * minute, 20 * minute]),
    };
  }
}
