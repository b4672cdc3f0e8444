import type { StateName } from '../../api.ts';
import { useSpeech } from '../../i18n/index.ts';
import { Loading } from '../../parts/notice.tsx';
import type { ReasonTree } from '../../stops/answers.ts';

/** The reasons of the site that can be true of a stop, each a button that saves. */
export function ReasonPicker({
  tree,
  states,
  pick,
}: {
  readonly tree: ReasonTree | undefined;
  readonly states: readonly StateName[];
  readonly pick: (id: string | null, text: string) => void;
}) {
  const { words, language } = useSpeech();
  const say = words.stopping;
  if (!tree) return <Loading />;
  return (
    <div class="reason-picker">
      <h2>{say.why}</h2>
      {tree.groups.map((group) => {
        const reasons = group.reasons.filter(
          (reason) => !reason.retired && (reason.states?.some((state) => states.includes(state)) ?? true),
        );
        return reasons.length === 0 ? null : (
          <fieldset key={group.id}>
            <legend>{group[language]}</legend>
            <div class="reason-buttons">
              {reasons.map((reason) => (
                <button key={reason.id} type="button" onClick={() => pick(reason.id, reason[language])}>
                  {reason[language]}
                </button>
              ))}
            </div>
          </fieldset>
        );
      })}
      <button type="button" onClick={() => pick(null, say.noReason)}>
        {say.takeReasonAway}
      </button>
    </div>
  );
}
