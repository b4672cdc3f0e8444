import type { StateName } from '../api.ts';
import { useSpeech } from '../i18n/index.ts';
import { useReasonName } from '../plant/use-reason-name.ts';

/** A state in colour and in words; unknown is hatched, so that it never looks like a state. */
export function StateBadge({
  path = '',
  state,
  reason,
}: {
  /** The machine, whose site names the reason. */
  path?: string;
  state: StateName;
  reason?: string | null;
}) {
  const { words } = useSpeech();
  const reasonName = useReasonName();
  return (
    <span class={`badge state-${state}`}>
      {words.states[state]}
      {reason ? <small title={reason}> {reasonName(path, reason)}</small> : null}
    </span>
  );
}
