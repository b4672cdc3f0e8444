import { fill, useSpeech } from '../../i18n/index.ts';
import { useQueue } from '../../stops/use-queue.ts';

/** What was said and isn't heard yet, and what was refused. */
export function Waiters() {
  const { words } = useSpeech();
  const say = words.stopping;
  const queue = useQueue();
  const refused = queue.items().filter((one) => one.refused !== null);
  const waiting = queue.items().length - refused.length;
  return (
    <>
      {waiting > 0 ? (
        <p role="status" class="warning">
          {fill(say.waiting, { count: waiting })}
        </p>
      ) : null}
      {refused.map(({ id, refused: why, body }) => (
        <p key={id} role="alert" class="warning">
          {fill(say.refused, { why: why ?? '' })} {String(body.reason ?? '')}{' '}
          <button type="button" onClick={() => queue.drop(id)}>
            {say.drop}
          </button>
        </p>
      ))}
    </>
  );
}
