import { memo } from 'preact/compat';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { StateName } from '../../api.ts';
import { lineTitle } from '../../format.ts';
import { useSpeech } from '../../i18n/index.ts';
import type { Group, Grouping } from '../../plant/arrange.ts';
import { COLUMN_GAP_PX, type Fitted, fitTiles, GAP_PX, HEADING_PX } from '../../plant/fit.ts';
import { lineAddress } from '../../route.ts';
import { Tile } from './tile.tsx';

/** Tiles that are made in one frame. */
const TILES_A_FRAME = 40;

/** All groups with their tiles, as large as the screen allows. */
export function Tiles({
  groups,
  grouping,
  wall,
}: {
  readonly groups: readonly Group[];
  readonly grouping: Grouping;
  readonly wall: boolean;
}) {
  const place = useRef<HTMLDivElement>(null);
  const box = useBox(place);
  const total = groups.reduce((sum, { paths }) => sum + paths.length, 0);
  const made = useGrowing(total);
  const fitted = useMemo(
    () => box && fitTiles({ counts: groups.map(({ paths }) => paths.length), ...box, wall }),
    [groups, box, wall],
  );
  return (
    <div class={fitted?.whole ? 'wall-columns whole' : 'wall-columns'} ref={place} style={styleOf(fitted)}>
      {fitted
        ? columnsOf(groups, fitted, made).map((column, nth) => (
            <div class="wall-column" key={nth}>
              {column.map(({ group, height, tiles }) => (
                <Section
                  key={group.key}
                  group={group}
                  grouping={grouping}
                  title={titleOf(group, groups)}
                  height={height}
                  tiles={tiles}
                  kind={fitted.size.kind}
                />
              ))}
            </div>
          ))
        : null}
    </div>
  );
}

interface SectionProps {
  readonly group: Group;
  readonly grouping: Grouping;
  readonly title: string;
  readonly height: number;
  /** So many of its tiles are made. */
  readonly tiles: number;
  readonly kind: Fitted['size']['kind'];
}

const Section = memo(({ group, grouping, title, height, tiles, kind }: SectionProps) => {
  const { words } = useSpeech();
  const name =
    grouping === 'state'
      ? words.states[group.key as StateName]
      : grouping === 'none'
        ? words.wall.everything
        : title;
  return (
    <section class="line" aria-label={name} style={{ minHeight: `${height}px` }}>
      <h2>
        {grouping === 'state' || grouping === 'none' ? (
          <span class="last">{name}</span>
        ) : (
          <a href={lineAddress(group.key)} title={`${words.wall.lineView}: ${group.key}`}>
            <PathName name={name} />
          </a>
        )}
        <small>{group.paths.length}</small>
      </h2>
      <ul class="tiles">
        {group.paths.slice(0, tiles).map((path) => (
          <Tile key={path} path={path} kind={kind} />
        ))}
      </ul>
    </section>
  );
});

/** Where there is no room, what is above is cut, and the line's own name stays. */
function PathName({ name }: { readonly name: string }) {
  const cut = name.lastIndexOf(' / ') + 1;
  return (
    <>
      <span class="above">{name.slice(0, cut)}</span>
      <span class="last">{name.slice(cut)}</span>
    </>
  );
}

const titleOf = (group: Group, groups: readonly Group[]): string =>
  lineTitle(
    group.key,
    groups.map(({ key }) => key),
  );

/** The groups of each column, with how many of their tiles are made when so many are made in all. */
function columnsOf(groups: readonly Group[], fitted: Fitted, made: number) {
  let left = made;
  let next = 0;
  return fitted.columns.map((count) =>
    groups.slice(next, next + count).map((group) => {
      const height = fitted.heights[next] as number;
      next += 1;
      const tiles = Math.max(0, Math.min(left, group.paths.length));
      left -= tiles;
      return { group, height, tiles };
    }),
  );
}

function styleOf(fitted: Fitted | undefined) {
  if (!fitted) return {};
  const { font, width, height } = fitted.size;
  return {
    '--tile-font': `${font}px`,
    '--tile-width': `${width}px`,
    '--tile-height': `${height}px`,
    '--tile-gap': `${GAP_PX}px`,
    '--column-gap': `${COLUMN_GAP_PX}px`,
    '--heading-height': `${HEADING_PX}px`,
    '--columns': fitted.columns.length,
  };
}

/** Grows to `total` a few a frame: a thousand tiles at once would hold the page up. */
function useGrowing(total: number): number {
  const [made, make] = useState(Math.min(total, TILES_A_FRAME));
  useEffect(() => {
    if (made >= total) return;
    const frame = requestAnimationFrame(() => make(Math.min(total, made + TILES_A_FRAME)));
    return () => cancelAnimationFrame(frame);
  }, [made, total]);
  return Math.min(made, total);
}

/** Room below the top of an element, down to the bottom of the window. */
function useBox(place: { readonly current: HTMLElement | null }) {
  const [box, setBox] = useState<{ readonly width: number; readonly height: number } | undefined>();
  useLayoutEffect(() => {
    const measure = (): void => {
      const element = place.current;
      if (!element) return;
      const width = element.clientWidth;
      const top = element.getBoundingClientRect().top + scrollY;
      const below = Number.parseFloat(getComputedStyle(element.closest('main') ?? element).paddingBottom);
      const height = Math.floor(innerHeight - top - below - 1);
      setBox((old) => (old?.width === width && old.height === height ? old : { width, height }));
    };
    measure();
    // What stands above may grow, too: an outage, or filters that wrap.
    const watched = new ResizeObserver(measure);
    watched.observe(document.documentElement);
    if (place.current?.parentElement) watched.observe(place.current.parentElement);
    addEventListener('resize', measure);
    return () => {
      watched.disconnect();
      removeEventListener('resize', measure);
    };
  }, []);
  return box;
}
