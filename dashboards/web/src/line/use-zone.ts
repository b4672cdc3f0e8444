import { inScope } from '../../../../domain/path.ts';
import type { MachineDetail } from '../api.ts';
import { usePlant } from '../plant/use-plant.ts';
import { useAsked } from '../use-asked.ts';

/** The time zone of the site that a scope lies in; until it is known, that of who looks. */
export const useZone = (scope: string): string => useKnownZone(scope) ?? ownZone();

/** The same; `null` until it is known. Where nobody tells it, that of who looks. */
export function useKnownZone(scope: string): string | null {
  const { store } = usePlant();
  const machine = [...(store.machines?.keys() ?? [])].find((path) => inScope(path, scope));
  const asked = machine?.split('/').map(encodeURIComponent).join('/');
  const { answer, error } = useAsked<MachineDetail>(asked ? `/machines/${asked}` : null);
  const isUntold = asked === undefined ? store.machines !== undefined : error !== undefined;
  return answer?.config.zone ?? (isUntold ? ownZone() : null);
}

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
