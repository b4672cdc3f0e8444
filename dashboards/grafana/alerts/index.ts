import type { AlertSpec } from '../alert.ts';
import { coverageLow } from './coverage-low.ts';
import { machineDown } from './machine-down.ts';
import { silentSource } from './silent-source.ts';
import { spoolFilling } from './spool-filling.ts';

/** Every alert, in reading order. */
export const alerts: readonly AlertSpec[] = [machineDown, silentSource, coverageLow, spoolFilling];
