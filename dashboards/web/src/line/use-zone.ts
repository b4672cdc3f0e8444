import { inScope } from '../../../../domain/path.ts';
import type { MachineDetail } from '../api.ts';
import { usePlant } from '../plant/use-plant.ts';
import { useAsked } from '../use-asked.ts';

/** The time zone of the site that a scope lies in; until it is known, that of who looks. */
export function useZone(scope: string): string {
  const { store } = usePlant();
  const machine = [...(store.machines?.keys() ?? [])].find((path) => inScope(path, scope));
  const asked = machine?.split('/').map(encodeURIComponent).join('/');
  const { answer } = useAsked<MachineDetail>(asked ? `/machines/${asked}` : null);
  return answer?.config.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
