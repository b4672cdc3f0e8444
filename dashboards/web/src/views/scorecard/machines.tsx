import type { MachineEvidence, PinnedFigure } from '../../../../../domain/assess/evidence.ts';
import type { Equipment } from '../../../../../domain/assess/register.ts';
import { CLASS_ORDER } from '../../../../../domain/ledger-row.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { NOTHING } from '../../assess/voice.ts';
import { duration } from '../../format.ts';
import { RichTable } from '../../parts/rich-table.tsx';
import { machineSpanAddress } from '../../route.ts';

interface Line {
  readonly equipment: Equipment | null;
  readonly machine: MachineEvidence | null;
  /** Where its telemetry comes from; `null`: it has none. */
  readonly path: string | null;
}

/** Every registered piece of equipment, heard or not, and every machine that nobody registered. */
export function Machines({ assessed: { stored, voice } }: { assessed: Assessed }) {
  const { words, percent, range, locale } = voice;
  const { evidence, period } = stored.assessment;
  const lines = linesOf(evidence.pilot.equipment, evidence.windows[0]?.machines ?? []);
  if (lines.length === 0) return null;
  const grades = new Map(evidence.plausibility?.machines.map(({ machine, grade }) => [machine, grade]));
  const use = ({ machine }: Line): PinnedFigure | undefined =>
    machine?.figures.find(({ kpi }) => kpi === 'utilisation');
  const nameOf = ({ equipment, path }: Line): string => equipment?.name ?? path ?? NOTHING;
  return (
    <section class="card" id="machines" aria-labelledby="machines-title">
      <h2 id="machines-title">{words.assess.machinesTitle}</h2>
      <RichTable
        name={words.assess.machinesTitle}
        file={`machines-${stored.id}`}
        rows={lines}
        keyOf={(_line, index) => index}
        columns={[
          {
            id: 'equipment',
            title: words.assess.equipment,
            text: nameOf,
            show: (line) => (
              <>
                {line.path === null ? (
                  nameOf(line)
                ) : (
                  <a href={machineSpanAddress(line.path, period)}>{nameOf(line)}</a>
                )}
                <small class="muted block break">
                  {line.equipment ? line.equipment.id : words.assess.notRegistered}
                  {line.equipment?.key ? ` · ${words.assess.key}` : ''}
                </small>
              </>
            ),
          },
          { id: 'id', title: 'id', text: ({ equipment }) => equipment?.id ?? null, kind: 'csv' },
          { id: 'path', title: words.machine, text: ({ path }) => path, kind: 'csv' },
          {
            id: 'grade',
            title: words.plausible.grade,
            text: ({ path }) => (path === null ? null : (grades.get(path) ?? null)),
          },
          {
            id: 'days',
            title: words.assess.heardDays,
            text: ({ machine }) => machine && `${machine.heardDays} / ${machine.scheduledDays}`,
            kind: 'number',
          },
          {
            id: 'time',
            title: words.ledger,
            text: (line) =>
              line.machine?.lastHeard == null ? silence(line) : duration(line.machine.ms.running, locale),
            show: (line) =>
              line.machine?.lastHeard == null ? (
                <span class="muted">{silence(line)}</span>
              ) : (
                <span
                  class="ledger-bar thin"
                  role="img"
                  aria-label={`${words.classes.running} ${duration(line.machine.ms.running, locale)}, ${words.classes.unknown} ${duration(line.machine.ms.unknown, locale)}`}
                >
                  {CLASS_ORDER.map((name) => {
                    const ms = line.machine?.ms[name] ?? 0;
                    return ms > 0 ? (
                      <i
                        key={name}
                        class={`class-${name}`}
                        style={{ flexGrow: ms }}
                        title={words.classes[name]}
                      />
                    ) : null;
                  })}
                </span>
              ),
            kind: 'bar',
          },
          {
            id: 'utilisation',
            title: words.utilisation,
            text: (line) => {
              const figure = use(line);
              return figure && !figure.notAssessable ? figure.value : null;
            },
            show: (line) => {
              const figure = use(line);
              if (!figure) return NOTHING;
              return (
                <>
                  {figure.notAssessable ? NOTHING : percent(figure.value)}
                  <small class="muted block">{range(figure.low, figure.high, '1')}</small>
                  {figure.notAssessable ? <small class="warning block">{words.notAssessable}</small> : null}
                </>
              );
            },
            kind: 'number',
          },
          {
            id: 'coverage',
            title: words.coverage,
            text: (line) => use(line)?.coverage ?? null,
            show: (line) => percent(use(line)?.coverage ?? null),
            kind: 'number',
          },
        ]}
      />
    </section>
  );
  function silence({ path }: Line): string {
    return path === null ? words.assess.notConnected : words.never;
  }
}

function linesOf(equipment: readonly Equipment[], heard: readonly MachineEvidence[]): readonly Line[] {
  const machines = new Map(heard.map((machine) => [machine.path, machine]));
  const registered = new Set(equipment.map(({ machine }) => machine));
  return [
    ...equipment.map((one) => ({
      equipment: one,
      machine: (one.machine !== null && machines.get(one.machine)) || null,
      path: one.machine,
    })),
    ...heard
      .filter(({ path }) => !registered.has(path))
      .map((machine) => ({ equipment: null, machine, path: machine.path })),
  ];
}
