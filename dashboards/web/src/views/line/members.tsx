import { CLASS_ORDER } from '../../../../../domain/ledger-row.ts';
import type { Figure, LedgerRow } from '../../api.ts';
import { duration } from '../../format.ts';
import { useSpeech } from '../../i18n/index.ts';
import { LOSS_CLASSES } from '../../line/losses.ts';
import type { LineFacts } from '../../line/use-line.ts';
import type { ChosenWindow } from '../../line/windows.ts';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { StateBadge } from '../../parts/state.tsx';
import { useMachine } from '../../plant/use-plant.ts';
import { lineAddress, machineSpanAddress } from '../../route.ts';
import { FigureCell, shown } from './line-figures.tsx';

interface Member {
  readonly path: string;
  readonly row: LedgerRow;
  figure(kpi: string): Figure | undefined;
  before(kpi: string): Figure | undefined;
}

/** The machines of a line side by side, or the lines of what is above them. */
export function Members({
  scope,
  by,
  facts,
  before,
  window,
}: {
  readonly scope: string;
  readonly by: 'machine' | 'line';
  readonly facts: LineFacts;
  readonly before: LineFacts | undefined;
  readonly window: ChosenWindow;
}) {
  const { words, locale } = useSpeech();
  const stretch = { from: Date.parse(window.from), to: Date.parse(window.to) };
  const figureOf = (from: LineFacts | undefined, path: string, kpi: string): Figure | undefined =>
    from?.rows.kpis.rows.find(({ key }) => key[by] === path)?.figures.find((one) => one.kpi === kpi);
  const members: Member[] = facts.rows.ledger.rows.map((row) => {
    const path = row.key[by] ?? '';
    return {
      path,
      row,
      figure: (kpi) => figureOf(facts, path, kpi),
      before: (kpi) => figureOf(before, path, kpi),
    };
  });
  const sum = ({ ms }: LedgerRow, names: readonly (keyof LedgerRow['ms'])[]): number =>
    names.reduce((total, name) => total + ms[name], 0);
  const address = (path: string): string =>
    by === 'machine' ? machineSpanAddress(path, stretch) : lineAddress(path, { window: window.id });
  const kpi = (id: 'utilisation' | 'oee'): Column<Member> => ({
    id,
    title: words[id],
    text: (member) => member.figure(id)?.value ?? null,
    show: (member) => <FigureCell figure={member.figure(id)} />,
  });
  const csvOnly = (id: string, title: string, text: Column<Member>['text']): Column<Member> => ({
    id,
    title,
    text,
    kind: 'csv',
  });
  const columns: Column<Member>[] = [
    {
      id: 'path',
      title: by === 'machine' ? words.machine : words.wall.line,
      text: ({ path }) => path,
      show: ({ path }) => (
        <>
          <a class="cut" href={address(path)} title={path}>
            {path.slice(scope.length + 1)}
          </a>
          {by === 'machine' && window.running ? <StateNow path={path} /> : null}
        </>
      ),
    },
    kpi('utilisation'),
    csvOnly('low', words.assess.low, (member) => member.figure('utilisation')?.low ?? null),
    csvOnly('high', words.assess.high, (member) => member.figure('utilisation')?.high ?? null),
    {
      id: 'before',
      title: words.wall.before,
      text: (member) => member.before('utilisation')?.value ?? null,
      show: (member) => {
        const was = member.before('utilisation');
        return was ? shown(was, locale) : '–';
      },
      kind: 'number',
    },
    kpi('oee'),
    {
      id: 'bar',
      title: words.wall.timeBar,
      text: ({ row }) => sum(row, CLASS_ORDER),
      show: ({ row }) => <TimeBar row={row} />,
      kind: 'bar',
    },
    {
      id: 'lost',
      title: words.wall.lost,
      text: ({ row }) => sum(row, LOSS_CLASSES),
      show: ({ row }) => duration(sum(row, LOSS_CLASSES), locale),
      kind: 'number',
    },
    {
      id: 'unknown',
      title: words.wall.unknownTime,
      text: ({ row }) => row.ms.unknown,
      show: ({ row }) => duration(row.ms.unknown, locale),
      kind: 'number',
    },
    ...CLASS_ORDER.map((name) => csvOnly(name, `${words.classes[name]} (ms)`, ({ row }) => row.ms[name])),
  ];
  return (
    <section class="card" aria-labelledby="members-title">
      <h2 id="members-title">{by === 'machine' ? words.wall.machines : words.wall.lines}</h2>
      <RichTable
        name={by === 'machine' ? words.wall.machines : words.wall.lines}
        file={`${by}s-${scope.replaceAll('/', '-')}`}
        columns={columns}
        rows={members.toSorted((a, b) => sum(b.row, LOSS_CLASSES) - sum(a.row, LOSS_CLASSES))}
        keyOf={({ path }) => path}
      />
      <ul class="class-legend">
        {CLASS_ORDER.filter((name) => members.some(({ row }) => row.ms[name] > 0)).map((name) => (
          <li key={name} class="class-name">
            <i class={`class-${name}`} /> {words.classes[name]}
          </li>
        ))}
      </ul>
    </section>
  );
}

function StateNow({ path }: { readonly path: string }) {
  const machine = useMachine(path);
  return machine ? <StateBadge path={machine.path} state={machine.state} reason={machine.reason} /> : null;
}

function TimeBar({ row }: { readonly row: LedgerRow }) {
  const { words, locale } = useSpeech();
  const shownClasses = CLASS_ORDER.filter((name) => row.ms[name] > 0);
  const text = (name: (typeof shownClasses)[number]): string =>
    `${words.classes[name]} ${duration(row.ms[name], locale)}`;
  return (
    <span class="ledger-bar thin" role="img" aria-label={shownClasses.map(text).join(', ')}>
      {shownClasses.map((name) => (
        <i key={name} class={`class-${name}`} style={{ flexGrow: row.ms[name] }} title={text(name)} />
      ))}
    </span>
  );
}
