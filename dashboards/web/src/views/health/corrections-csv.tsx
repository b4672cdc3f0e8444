import { useState } from 'preact/hooks';
import { type ApiError, ask, query } from '../../api.ts';
import { integer } from '../../format.ts';
import { type Corrected, type CorrectionsPage, readCorrections } from '../../health/answers.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { downloadCsv } from '../../parts/download.ts';
import type { Column } from '../../parts/rich-table.tsx';
import { IngestFailure } from './ingest-failure.tsx';

const MOST = 10_000;
const PAGE = 1000;

/** Everything of a kind that the list has, as a table for elsewhere. */
export function CorrectionsCsv({
  kind,
  columns,
}: {
  readonly kind: string | null;
  readonly columns: readonly Column<Corrected>[];
}) {
  const { words, locale } = useSpeech();
  const [state, setState] = useState<'rest' | 'busy' | ApiError>('rest');
  const fetchAll = async (): Promise<void> => {
    setState('busy');
    try {
      const items: Corrected[] = [];
      for (let cursor: string | null = null; items.length < MOST; ) {
        const asked = query({ limit: PAGE, kind, cursor });
        const page: CorrectionsPage = await ask<CorrectionsPage>(`/ingest/corrections${asked}`, {
          read: readCorrections,
        });
        items.push(...page.items);
        cursor = page.next;
        if (cursor === null) break;
      }
      downloadCsv('corrections-all', [
        columns.map(({ title }) => title),
        ...items.map((one) => columns.map((column) => column.text(one))),
      ]);
      setState('rest');
    } catch (error) {
      setState(error as ApiError);
    }
  };
  return (
    <>
      <button type="button" disabled={state === 'busy'} onClick={() => void fetchAll()}>
        {fill(words.dataHealth.csvOfAll, { most: integer(MOST, locale) })}
      </button>
      {state instanceof Error ? <IngestFailure error={state} again={() => void fetchAll()} /> : null}
    </>
  );
}
