import type { MachineNow } from '../../api.ts';
import { moment } from '../../format.ts';
import { declarationOf } from '../../health/snippet.ts';
import { useSpeech } from '../../i18n/index.ts';
import { CopyText } from '../../parts/copy-text.tsx';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { machineAddress } from '../../route.ts';

type Problem = 'neverHeard' | 'stale' | 'undeclared';

interface Row {
  readonly machine: MachineNow;
  readonly problems: readonly Problem[];
}

const problemsOf = ({ declared, lastHeard, stale }: MachineNow): readonly Problem[] => [
  ...(declared && lastHeard === null ? (['neverHeard'] as const) : []),
  ...(stale && lastHeard !== null ? (['stale'] as const) : []),
  ...(declared ? [] : (['undeclared'] as const)),
];

const MOST_ROWS = 200;

/** Machines that were declared and aren't heard, fell silent, or were never declared. */
export function QuietMachines({ machines }: { readonly machines: readonly MachineNow[] }) {
  const { words, locale } = useSpeech();
  const say = words.dataHealth;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const rows = machines
    .map((machine): Row => ({ machine, problems: problemsOf(machine) }))
    .filter(({ problems }) => problems.length > 0)
    .toSorted((a, b) => (a.machine.lastHeard ?? '').localeCompare(b.machine.lastHeard ?? ''));
  const undeclared = machines.filter(({ declared }) => !declared).map(({ path }) => path);
  const columns: Column<Row>[] = [
    {
      id: 'machine',
      title: words.machine,
      text: ({ machine }) => machine.path,
      show: ({ machine }) => <a href={machineAddress(machine.path)}>{machine.path}</a>,
    },
    {
      id: 'problem',
      title: say.problem,
      text: ({ problems }) => problems.map((problem) => say[problem]).join(' · '),
      show: ({ problems }) =>
        problems.map((problem) => (
          <span key={problem} class="mark">
            {say[problem]}
          </span>
        )),
    },
    {
      id: 'lastHeard',
      title: words.lastHeard,
      text: ({ machine }) => machine.lastHeard,
      show: ({ machine }) =>
        machine.lastHeard === null ? words.never : moment(machine.lastHeard, locale, zone),
    },
  ];
  return (
    <section class="card" aria-labelledby="health-machines">
      <h2 id="health-machines" tabIndex={-1}>
        {say.machinesTitle}
      </h2>
      {rows.length === 0 ? (
        <p class="muted">{say.machinesNone}</p>
      ) : (
        <RichTable
          name={say.machinesTitle}
          file="quiet-machines"
          columns={columns}
          rows={rows}
          most={MOST_ROWS}
          keyOf={({ machine }) => machine.path}
        />
      )}
      {undeclared.length > 0 ? (
        <>
          <p>{say.undeclaredHint}</p>
          <CopyText name="kaidong.yaml" text={declarationOf(undeclared, say.cycleComment)} />
        </>
      ) : null}
    </section>
  );
}
