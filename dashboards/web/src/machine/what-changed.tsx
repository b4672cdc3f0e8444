import type { RevisionCause } from '../../../../domain/revision-cause.ts';
import { query } from '../api.ts';
import { moment } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { Failure, Loading } from '../parts/notice.tsx';
import { useAsked } from '../use-asked.ts';

interface Revisions {
  readonly items: readonly {
    readonly id: number;
    readonly grain: 'hour' | 'shift' | 'day';
    readonly from: string;
    readonly revision: number;
    readonly at: string;
    readonly causes: readonly RevisionCause[];
    readonly afterFinal: boolean;
    readonly settings: readonly { readonly name: string }[];
  }[];
  readonly next: string | null;
}

const SHOWN = 20;

/** What changed in a span's recorded hours and why, the newest first. */
export function WhatChanged({
  scope,
  from,
  to,
  zone,
}: {
  scope: string;
  from: string;
  to: string;
  zone: string;
}) {
  const { words, locale } = useSpeech();
  const asked = query({ scope, from, to, grain: 'hour', limit: SHOWN });
  const { answer, error, again } = useAsked<Revisions>(`/revisions${asked}`);
  if (error) return <Failure error={error} again={again} />;
  if (!answer) return <Loading />;
  if (answer.items.length === 0) return <p class="muted">{words.onMachine.nothingChanged}</p>;
  return (
    <ul class="changes">
      {answer.items.map(({ id, at, causes, settings, afterFinal, from: hour, revision }) => (
        <li key={id}>
          {moment(at, locale, zone)} · {words.onMachine.hourOf} {moment(hour, locale, zone)} ·{' '}
          {words.revision} {revision}:{' '}
          <b>{causes.map((cause) => words.onMachine.causes[cause]).join(' + ')}</b>
          {settings.length > 0 ? ` (${settings.map(({ name }) => name).join(', ')})` : null}
          {afterFinal ? <span class="mark"> {words.onMachine.finalities['changed-after-final']}</span> : null}
        </li>
      ))}
      {answer.next === null ? null : <li class="muted">{words.onMachine.olderChanges}</li>}
    </ul>
  );
}
