import type { TimeClass } from '../../api.ts';
import { duration } from '../../format.ts';
import type { Speech } from '../../i18n/index.ts';
import { changeOf, LOSS_CLASSES } from '../../line/losses.ts';
import type { Column } from '../../parts/rich-table.tsx';
import { Change } from './change.tsx';

interface ClassTime {
  readonly name: TimeClass;
  readonly ms: number;
  /** In the time before; `null`: that isn't known. */
  readonly beforeMs: number | null;
}

/** A class of time, how much of it there was as a bar, how much before, and the change; in the order shown. */
export function classTimeColumns<Row extends ClassTime>(
  most: number,
  title: string,
  { words, locale }: Speech,
): readonly [name: Column<Row>, ...times: Column<Row>[]] {
  return [
    {
      id: 'class',
      title,
      text: ({ name }) => words.classes[name],
      show: ({ name }) => (
        <span class="class-name">
          <i class={`class-${name}`} /> {words.classes[name]}
        </span>
      ),
    },
    {
      id: 'ms',
      title: words.duration,
      text: ({ ms }) => ms,
      show: ({ ms, name }) => (
        <span class="loss-bar">
          <span class="track">
            <i class={`class-${name}`} style={{ width: `${most > 0 ? (ms / most) * 100 : 0}%` }} />
          </span>
          <b>{duration(ms, locale)}</b>
        </span>
      ),
      kind: 'bar',
    },
    {
      id: 'before',
      title: words.wall.before,
      text: ({ beforeMs }) => beforeMs,
      show: ({ beforeMs }) => (beforeMs === null ? '–' : duration(beforeMs, locale)),
      kind: 'number',
    },
    {
      id: 'change',
      title: words.wall.change,
      text: (one) => changeOf(one),
      show: (one) => <Change ms={changeOf(one)} loss={LOSS_CLASSES.includes(one.name)} />,
      kind: 'number',
    },
  ];
}
