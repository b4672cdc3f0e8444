import type { DashboardSpec } from '../dashboard.ts';
import { health } from './health.ts';
import { indicators } from './indicators.ts';
import { line } from './line.ts';
import { machine } from './machine.ts';
import { plant } from './plant.ts';
import { programme } from './programme.ts';
import { shift } from './shift.ts';

/** Every dashboard, in reading order. */
export const dashboards: readonly DashboardSpec[] = [
  plant,
  line,
  machine,
  indicators,
  shift,
  health,
  programme,
];
