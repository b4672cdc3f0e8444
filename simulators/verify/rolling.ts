import type { Verification } from './verify.ts';

/** So many differences are kept word for word; of the rest there is the number. */
const DIFFERENCES_KEPT = 1_000;

/** Adds up the verifications of one part of a run after another, in bounded memory. */
export function rollingVerification(): {
  add(part: Verification): void;
  readonly parts: number;
  /** `null`: nothing was verified. */
  sum(): (Verification & { readonly differencesInAll: number }) | null;
} {
  let parts = 0;
  let machines = 0;
  let compared = 0;
  let inAll = 0;
  let balance: Verification['balance'] = null;
  const differences: string[] = [];
  return {
    get parts() {
      return parts;
    },
    add(part) {
      parts++;
      machines = Math.max(machines, part.machines);
      compared += part.compared;
      inAll += part.differences.length;
      differences.push(...part.differences.slice(0, DIFFERENCES_KEPT - differences.length));
      balance = part.balance ?? balance;
    },
    sum: () => (parts === 0 ? null : { machines, compared, differences, balance, differencesInAll: inAll }),
  };
}
