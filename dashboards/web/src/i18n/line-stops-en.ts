import type { lineStopsZh } from './line-stops-zh.ts';
import type { Words } from './zh.ts';

/** English, of what stopped a line. */
export const lineStopsEn: Pick<Words, keyof typeof lineStopsZh> = {
  lineStops: {
    title: 'What stopped the line',
    rule: 'By the rule: {rule}',
    orderUndeclared:
      'The order of the machines is not declared; that of the configuration is used. Declare it in lines.',
    inferredBy: 'What {count} machines wait for is inferred: {rule}.',
    total: 'The line stood for {stopped}; for {unknown} nothing is known of it.',
    none: 'The line did not stand in this time.',
    list: 'Each stop of the line',
    cause: 'Machine that stopped it',
    kind: 'How',
    state: 'Its state',
    lost: 'Line stood',
    stops: 'Stops',
    longest: 'Longest',
    inferred: 'inferred',
    over: 'the cause was over before the line ran again',
    chain: 'Way to the cause',
    marks: 'Remarks',
    unknownMachine: 'Cause unknown',
    kinds: {
      own: 'stopped by itself',
      blocked: 'blocked from outside',
      starved: 'starved from outside',
      unknown: 'unknown',
    },
    becauses: {
      silent: 'a machine on the way is unknown',
      'neighbour-runs': 'the machine that is waited for runs',
      contradiction: 'two machines wait for each other',
      ambiguous: 'an idle machine may wait on either side',
    },
  },
};
