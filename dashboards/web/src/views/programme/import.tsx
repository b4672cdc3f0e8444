import { useRef, useState } from 'preact/hooks';
import type { Bilingual } from '../../../../../domain/assess/register.ts';
import { ApiError, ask } from '../../api.ts';
import { refusalText } from '../../assess/refusal.ts';
import { useVoice } from '../../assess/voice.ts';
import { fill } from '../../i18n/index.ts';
import { ApiLink } from '../../parts/api-link.tsx';
import { RichTable } from '../../parts/rich-table.tsx';

interface Remark {
  readonly sheet: string | null;
  readonly row: number | null;
  readonly column: string | null;
  readonly value: string | null;
  readonly message: Bilingual;
  readonly allowed: readonly string[];
}
type Counted = 'pilots' | 'equipment' | 'processes' | 'declared' | 'answers';
type Imported = { readonly [Name in Counted]: number } & {
  readonly errors: readonly Remark[];
  readonly warnings: readonly Remark[];
  /** How many more there were than are listed. */
  readonly more: { readonly errors: number; readonly warnings: number };
};
type Told =
  | { readonly kind: 'saved'; readonly imported: Imported }
  | { readonly kind: 'refused'; readonly text: string; readonly report: Imported | undefined };

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TIMEOUT_MS = 120_000;

/** Brings pilots in by spreadsheet; a file with errors saves nothing and says row by row what is wrong. */
export function ImportPilots({ saved }: { saved: () => void }) {
  const voice = useVoice();
  const { words } = voice;
  const input = useRef<HTMLInputElement>(null);
  const [told, tell] = useState<Told | null>(null);
  const [busy, work] = useState(false);
  const upload = async (): Promise<void> => {
    const file = input.current?.files?.[0];
    if (!file) return;
    work(true);
    tell(null);
    const type = /\.csv$/i.test(file.name) ? 'text/csv' : XLSX;
    try {
      const imported = await ask<Imported>('/pilots/import', {
        file: new Blob([file], { type }),
        timeoutMs: TIMEOUT_MS,
      });
      tell({ kind: 'saved', imported });
      saved();
    } catch (error) {
      const report = error instanceof ApiError ? reportIn(error) : undefined;
      tell({
        kind: 'refused',
        text: report ? words.assess.importRefused : refusalText(error, words),
        report,
      });
    }
    work(false);
  };
  return (
    <>
      <p>{words.assess.importHint}</p>
      <p class="links">
        <ApiLink path="/pilots/template.xlsx" file="template.xlsx">
          {words.assess.template}
        </ApiLink>{' '}
        <ApiLink path="/pilots/export.xlsx" file="pilots.xlsx">
          {words.assess.export}
        </ApiLink>
      </p>
      <form
        class="entry"
        onSubmit={(event) => {
          event.preventDefault();
          void upload();
        }}
      >
        <div class="fields">
          <label>
            {words.assess.importFile}
            <input type="file" ref={input} required accept=".xlsx,.csv" />
          </label>
          <button type="submit" class="primary" disabled={busy}>
            {words.assess.import}
          </button>
        </div>
      </form>
      {busy ? <p role="status">{words.assess.importing}</p> : null}
      {told?.kind === 'saved' ? (
        <>
          <p role="status" class="good">
            {fill(words.assess.imported, counts(told.imported))}
          </p>
          <Remarks
            name={words.assess.warnings}
            remarks={told.imported.warnings}
            more={told.imported.more.warnings}
          />
        </>
      ) : null}
      {told?.kind === 'refused' ? (
        <>
          <p role="alert" class="warning">
            {told.text}
          </p>
          {told.report ? (
            <Remarks name={words.assess.errors} remarks={told.report.errors} more={told.report.more.errors} />
          ) : null}
        </>
      ) : null}
    </>
  );
}

const counts = ({ pilots, equipment, processes, declared, answers }: Imported): Record<Counted, number> => ({
  ...{ pilots, equipment, processes },
  ...{ declared, answers },
});

/** A file that wasn't taken is answered row by row; other refusals are about the request. */
const reportIn = ({ answer }: ApiError): Imported | undefined =>
  (answer as { readonly report?: Imported } | undefined)?.report;

function Remarks({ name, remarks, more }: { name: string; remarks: readonly Remark[]; more: number }) {
  const { words, say } = useVoice();
  if (remarks.length === 0) return null;
  return (
    <>
      <RichTable
        name={name}
        file="import"
        rows={remarks}
        keyOf={(_remark, index) => index}
        columns={[
          { id: 'sheet', title: words.assess.sheet, text: ({ sheet }) => sheet },
          { id: 'row', title: words.assess.row, text: ({ row }) => row, kind: 'number' },
          { id: 'column', title: words.assess.column, text: ({ column }) => column },
          { id: 'value', title: words.value, text: ({ value }) => value, kind: 'break' },
          { id: 'message', title: words.detail, text: ({ message }) => say(message), kind: 'break' },
          {
            id: 'allowed',
            title: words.assess.allowed,
            text: ({ allowed }) => allowed.join('; ') || null,
            kind: 'break',
          },
        ]}
      />
      {more > 0 ? <p>{fill(words.assess.moreRemarks, { count: more })}</p> : null}
    </>
  );
}
