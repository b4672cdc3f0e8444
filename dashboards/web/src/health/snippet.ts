import type { ClockProposal } from './answers.ts';

/** Plain YAML holds these without quotes. */
const PLAIN = /^[\w\u4e00-\u9fff][\w\u4e00-\u9fff./-]*$/;

const named = (text: string): string => (PLAIN.test(text) ? text : JSON.stringify(text));

/** Lines of kaidong.yaml that declare machines; the comments say what else may be declared. */
export const declarationOf = (paths: readonly string[], comment: string): string =>
  [
    'machines:',
    ...paths.flatMap((path) => [`  - path: ${named(path)}`, `    # idealCycleMs: 12500   # ${comment}`]),
  ].join('\n');

/** Lines of kaidong.yaml that put clocks right. */
export const correctionsOf = (proposals: readonly ClockProposal[]): string =>
  [
    'clocks:',
    '  corrections:',
    ...proposals.map(
      ({ source, aheadMs, since }) =>
        `    - { source: ${named(source)}, aheadMs: ${aheadMs}, since: "${since}" }`,
    ),
  ].join('\n');
