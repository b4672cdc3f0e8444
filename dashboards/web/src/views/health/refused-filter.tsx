import { useState } from 'preact/hooks';
import { REFUSALS } from '../../../../../domain/refusal.ts';
import { useSpeech } from '../../i18n/index.ts';
import { Choice } from '../../parts/choice.tsx';
import { type HealthQuestion, healthAddress, refusedAddress } from '../../route.ts';

/** Which refused messages are shown; each choice is an address of its own. */
export function RefusedFilter({ asked }: { readonly asked: HealthQuestion }) {
  const { words } = useSpeech();
  const say = words.dataHealth;
  const [topic, setTopic] = useState(asked.topic ?? '');
  const go = (change: Partial<HealthQuestion>): void => {
    location.hash = refusedAddress({ code: asked.code, topic: topic.trim() || null, ...change });
  };
  return (
    <form
      class="fields filters"
      onSubmit={(event) => {
        event.preventDefault();
        go({});
      }}
    >
      <Choice
        label={words.code}
        value={asked.code ?? ''}
        change={(code) => go({ code: code || null })}
        options={[
          ['', say.everyCode],
          ...Object.keys(REFUSALS).map((code): [string, string] => [code, code]),
        ]}
      />
      <label class="wide">
        {say.topicFilter}
        <input type="search" value={topic} onInput={(event) => setTopic(event.currentTarget.value)} />
      </label>
      <button type="submit">{say.apply}</button>
      {asked.code !== null || asked.topic !== null ? <a href={healthAddress}>{say.clear}</a> : null}
    </form>
  );
}
