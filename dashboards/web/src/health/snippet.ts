/** Plain YAML holds these without quotes. */
const PLAIN = /^[\w\u4e00-\u9fff][\w\u4e00-\u9fff./-]*$/;

/** Lines of kaidong.yaml that declare machines; the comments say what else may be declared. */
export const declarationOf = (paths: readonly string[], comment: string): string =>
  [
    'machines:',
    ...paths.flatMap((path) => [
      `  - path: ${PLAIN.test(path) ? path : JSON.stringify(path)}`,
      `    # idealCycleMs: 12500   # ${comment}`,
    ]),
  ].join('\n');
