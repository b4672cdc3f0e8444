import { moment } from '../../format.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import type { Waiting } from '../../stops/queue.ts';
import { useQueue } from '../../stops/use-queue.ts';

/** What was said and isn't heard yet, and what was refused. */
export function Waiters() {
  const { words, locale } = useSpeech();
  const say = words.stopping;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const whyOf = ({ refused, code }: Waiting): string =>
    (words.refusals as Readonly<Record<string, string>>)[code ?? ''] ?? refused ?? '';
  /** Which stop it was said of, and what. */
  const meantBy = ({ body, label }: Waiting): string => {
    const at = Date.parse(String(body.from ?? body.at));
    const machine = typeof body.machine === 'string' ? body.machine.split('/').at(-1) : undefined;
    return [machine, Number.isNaN(at) ? undefined : moment(at, locale, zone), label ?? body.reason]
      .filter((part) => part !== undefined && part !== null)
      .join(' · ');
  };
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
      {refused.map((one) => (
        <p key={one.id} role="alert" class="warning" title={one.refused ?? undefined}>
          <b>{meantBy(one)}</b> {fill(say.refused, { why: whyOf(one) })}{' '}
          <button type="button" onClick={() => queue.drop(one.id)}>
            {say.drop}
          </button>
        </p>
      ))}
    </>
  );
}
