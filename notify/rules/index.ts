import type { AlertRule } from '../../domain/alert.ts';
import type { Rule } from '../rule.ts';
import { certificateExpiring } from './certificate-expiring.ts';
import { coverageLow } from './coverage-low.ts';
import { diskFilling } from './disk-filling.ts';
import { machineSilent } from './machine-silent.ts';
import { machineStopped } from './machine-stopped.ts';
import { partAway } from './part-away.ts';
import { refusedRising } from './refused-rising.ts';
import { sourceSilent } from './source-silent.ts';
import { spoolFilling } from './spool-filling.ts';

/** Every rule, in reading order. */
export const RULES: readonly Rule[] = [
  machineStopped,
  machineSilent,
  sourceSilent,
  coverageLow,
  spoolFilling,
  diskFilling,
  refusedRising,
  partAway,
  certificateExpiring,
];

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));
export const ruleOf = (id: AlertRule): Rule => BY_ID.get(id) as Rule;
