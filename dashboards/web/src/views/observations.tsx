import { useEffect, useState } from 'preact/hooks';
import { ApiError, ask, type MachineDetail, type Observations, query } from '../api.ts';
import { useSpeech } from '../i18n/index.ts';
import { instantOf } from '../machine/clock.ts';
import { Choice } from '../parts/choice.tsx';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import { Removed } from '../parts/removed.tsx';
import { RichTable } from '../parts/rich-table.tsx';
import {
  encodedPath,
  machineAddress,
  machineSpanAddress,
  type ObservationsQuestion,
  observationsAddress,
  plantAddress,
} from '../route.ts';
import { useAsked } from '../use-asked.ts';

const PAGE = 500;

/** What was heard of a machine in a stretch of time, exactly as it is stored: the last link of every figure's proof. */
export function ObservationsView({ path, asked }: { path: string; asked: ObservationsQuestion }) {
  const { words, locale } = useSpeech();
  const detail = useAsked<MachineDetail>(`/machines/${encodedPath(path)}`);
  const [from, to] = [Date.parse(asked.from ?? ''), Date.parse(asked.to ?? '')];
  const valid = from < to;
  const pages = usePages(path, { ...asked, valid });
  if (detail.error?.status === 404) {
    return (
      <Notice title={words.noMachine}>
        <p>{path}</p>
        <a href={plantAddress()}>{words.backToPlant}</a>
      </Notice>
    );
  }
  const zone = detail.answer?.config.zone ?? 'UTC';
  const name = path.slice(path.lastIndexOf('/') + 1);
  const back = (
    <div class="crumbs">
      <a href={plantAddress()}>{words.plant}</a> ›{' '}
      <a href={valid ? machineSpanAddress(path, { from, to }) : machineAddress(path)}>
        {path.split('/').join(' / ')}
      </a>
    </div>
  );
  if (!valid) {
    return (
      <>
        {back}
        <Notice title={words.onMachine.wrongSpan} />
      </>
    );
  }
  const ahead = from > Date.now();
  return (
    <>
      {back}
      <h1>
        {words.onMachine.heardTitle} <small class="muted">{name}</small>
      </h1>
      <p class="muted">
        {instantOf(from, locale, zone)} → {instantOf(to, locale, zone)} ({zone}). {words.onMachine.heardHint}
      </p>
      <Removed keptSince={pages.keptSince} from={from} zone={zone} />
      <form class="observation-filter">
        <Choice
          label={words.signal}
          value={asked.signal ?? ''}
          options={[
            ['', words.all],
            ...(detail.answer?.signals ?? []).map(({ name }): [string, string] => [name, name]),
          ]}
          change={(signal) => {
            location.hash = observationsAddress(path, { from, to, signal });
          }}
        />
      </form>
      {pages.error ? <Failure error={pages.error} again={pages.again} /> : null}
      {pages.rows?.length === 0 ? (
        <Notice title={ahead ? words.onMachine.future : words.onMachine.nothingHeard}>
          <p>{words.onMachine.nothingHeardHint}</p>
        </Notice>
      ) : null}
      {pages.rows && pages.rows.length > 0 ? (
        <section class="card">
          <RichTable
            name={words.onMachine.heardTitle}
            file={`observations-${path.replaceAll('/', '-')}`}
            rows={pages.rows}
            keyOf={({ ts, signal }) => `${ts} ${signal}`}
            columns={[
              {
                id: 'time',
                title: words.onMachine.sourceTime,
                text: ({ ts }) => ts,
                show: ({ ts }) => (
                  <time dateTime={ts} title={ts}>
                    {instantOf(Date.parse(ts), locale, zone)}
                    <small class="muted">.{ts.slice(20, 23)}</small>
                  </time>
                ),
              },
              { id: 'signal', title: words.signal, text: ({ signal }) => signal, kind: 'break' },
              {
                id: 'value',
                title: words.value,
                text: ({ value }) => String(value),
                show: ({ value }) => <span class="raw-value">{String(value)}</span>,
                kind: 'break',
              },
              { id: 'type', title: words.onMachine.type, text: ({ type }) => words.types[type] },
            ]}
          />
          {pages.next !== null ? (
            <button type="button" onClick={pages.more} disabled={pages.loading}>
              {words.onMachine.more}
            </button>
          ) : null}
        </section>
      ) : null}
      {!pages.rows && !pages.error ? <Loading /> : null}
    </>
  );
}

interface Pages {
  readonly rows: Observations['observations'] | undefined;
  readonly next: string | null;
  readonly keptSince: string | null;
  readonly loading: boolean;
  readonly error: ApiError | undefined;
  more(): void;
  again(): void;
}

/** The pages that were asked for so far, one after another. The question stays the same. */
function usePages(
  path: string,
  { from, to, signal, valid }: ObservationsQuestion & { readonly valid: boolean },
): Pages {
  const [got, setGot] = useState<Omit<Pages, 'more' | 'again'>>(NOTHING);
  const [cursor, setCursor] = useState<{ next: string | null; turn: number }>(FIRST);
  const question = `/observations${query({ machine: path, from, to, signal, limit: PAGE })}`;
  useEffect(() => {
    if (!valid) return;
    const stop = new AbortController();
    const read = async (): Promise<void> => {
      setGot((old) => ({ ...old, loading: true }));
      try {
        const more = cursor.next === null ? '' : `&cursor=${encodeURIComponent(cursor.next)}`;
        const page = await ask<Observations>(`${question}${more}`, { signal: stop.signal });
        setGot((old) => ({
          rows: [...(cursor.next === null ? [] : (old.rows ?? [])), ...page.observations],
          next: page.next,
          keptSince: page.keptSince,
          loading: false,
          error: undefined,
        }));
      } catch (error) {
        if (stop.signal.aborted) return;
        const told = error instanceof ApiError ? error : new ApiError(0, 'error', String(error));
        setGot((old) => ({ ...old, loading: false, error: told }));
      }
    };
    void read();
    return () => stop.abort();
  }, [question, valid, cursor]);
  return {
    ...got,
    more: () => setCursor(({ turn }) => ({ next: got.next, turn: turn + 1 })),
    again: () => setCursor(({ next, turn }) => ({ next, turn: turn + 1 })),
  };
}

const NOTHING = { rows: undefined, next: null, keptSince: null, loading: false, error: undefined };
const FIRST = { next: null, turn: 0 };
