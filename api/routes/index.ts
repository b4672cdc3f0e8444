import type { Route } from '../route.ts';
import { books } from './books.ts';
import { catalogue } from './catalogue.ts';
import { explain } from './explain.ts';
import { healthz } from './healthz.ts';
import { kpis } from './kpis.ts';
import { ledger } from './ledger.ts';
import { live } from './live.ts';
import { machine } from './machine.ts';
import { metrics } from './metrics.ts';
import { openapi } from './openapi.ts';
import { plant } from './plant.ts';
import { readyz } from './readyz.ts';
import { refused } from './refused.ts';
import { replay } from './replay.ts';
import { signals } from './signals.ts';
import { timeline } from './timeline.ts';

/** Every route, in the order in which the contract and the OpenAPI document list them. */
export const ROUTES: readonly Route[] = [
  plant,
  machine,
  timeline,
  ledger,
  kpis,
  catalogue,
  signals,
  books,
  refused,
  replay,
  explain,
  live,
  openapi,
  healthz,
  readyz,
  metrics,
];
