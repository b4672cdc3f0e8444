import type { PeerGroup } from '../../../../../domain/assess/peers.ts';
import type { Bilingual } from '../../../../../domain/assess/register.ts';
import { INDUSTRY_NAMES, PROGRAMME_NAMES } from '../../../../../domain/assess/register-names.ts';
import { NOTHING, useVoice } from '../../assess/voice.ts';
import { type Column, RichTable } from '../../parts/rich-table.tsx';

const NAMES: Readonly<Record<string, Bilingual>> = { ...INDUSTRY_NAMES, ...PROGRAMME_NAMES };

/** From the lowest to the highest score, with the median, on a scale from nothing to the whole. */
function Spread({
  lowest,
  median,
  highest,
  label,
}: {
  readonly lowest: number;
  readonly median: number;
  readonly highest: number;
  readonly label: string;
}) {
  const { words, percent } = useVoice();
  const text = `${label}: ${words.assess.lowest} ${percent(lowest)}, ${words.assess.median} ${percent(median)}, ${words.assess.highest} ${percent(highest)}`;
  const at = (share: number): number => Math.max(0, Math.min(1, share)) * 100;
  return (
    <span class="bounded spread" role="img" aria-label={text} title={text}>
      <i
        class="band"
        style={{ left: `min(${at(lowest)}%, 100% - 2px)`, width: `max(2px, ${at(highest) - at(lowest)}%)` }}
      />
      <i class="tick-value" style={{ left: `min(${at(median)}%, 100% - 2px)` }} />
    </span>
  );
}

/** How the scores of a district, an industry, a programme are spread. */
export function Peers({ peers }: { peers: readonly PeerGroup[] }) {
  const { words, say, percent } = useVoice();
  const statistic = (id: 'lowest' | 'median' | 'highest'): Column<PeerGroup> => ({
    id,
    title: words.assess[id],
    text: ({ scores }) => scores?.[id] ?? null,
    show: ({ scores }) => (scores ? percent(scores[id]) : NOTHING),
    kind: 'number',
  });
  const nameOf = ({ by, name }: PeerGroup): string => {
    const known = by === 'district' ? undefined : NAMES[name];
    return known ? say(known) : name;
  };
  return (
    <section class="card" aria-labelledby="peers-title">
      <h2 id="peers-title">{words.assess.peers}</h2>
      <p class="muted">{words.assess.peersHint}</p>
      <RichTable
        name={words.assess.peers}
        file="peers"
        rows={peers}
        keyOf={({ by, name }) => `${by}/${name}`}
        columns={[
          { id: 'name', title: words.assess.group, text: nameOf },
          {
            id: 'by',
            title: words.assess.by,
            text: ({ by }) => words.assess[by === 'programme' ? 'appliedFor' : by],
          },
          { id: 'size', title: words.assess.withScore, text: ({ size }) => size, kind: 'number' },
          {
            id: 'spread',
            title: words.assess.spread,
            text: () => null,
            show: ({ scores, ...group }) =>
              scores ? <Spread {...scores} label={nameOf({ scores, ...group })} /> : NOTHING,
            kind: 'bar',
          },
          statistic('lowest'),
          statistic('median'),
          statistic('highest'),
        ]}
      />
    </section>
  );
}
