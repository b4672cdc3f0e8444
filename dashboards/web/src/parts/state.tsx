import { reasonName } from '../../../../domain/reason-names.ts';
import type { StateName } from '../api.ts';
import { useSpeech } from '../i18n/index.ts';

/** A state in colour and in words; unknown is hatched, so that it never looks like a state. */
export function StateBadge({ state, reason }: { state: StateName; reason?: string | null }) {
  const { words, language } = useSpeech();
  return (
    <span class={`badge state-${state}`}>
      {words.states[state]}
      {reason ? <small title={reason}> {reasonName(reason, language)}</small> : null}
    </span>
  );
}
