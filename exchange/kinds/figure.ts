import { benefits } from '../../domain/assess/benefits/index.ts';
import { titleOfFigure } from '../../domain/assess/figure-titles.ts';
import { measures } from '../../domain/assess/measures/index.ts';
import type { Kind } from '../column.ts';
import { plain } from '../plain.ts';
import { text } from './text.ts';

const KNOWN = [...measures, ...benefits];
const MEANT = new Map(
  KNOWN.flatMap(({ id, title }) => [id, title.zh, title.en].map((name) => [plain(name), id] as const)),
);
const any = text();

/** A figure by its title or id. One that isn't known is taken: an enterprise may declare what nothing here can check. */
export const figure: Kind<string> = {
  allowed: {
    zh: KNOWN.map(({ title }) => title.zh).join('、'),
    en: KNOWN.map(({ id }) => id).join(', '),
  },
  read(cell, context) {
    const reading = any.read(cell, context);
    if ('wrong' in reading) return reading;
    const id = MEANT.get(plain(reading.value));
    if (id !== undefined) return { value: id };
    return {
      ...reading,
      note: {
        zh: `没有指标“${reading.value}”，将保留但无法与实测核对`,
        en: `no figure "${reading.value}" is known; it is kept, and nothing can check it`,
      },
    };
  },
  write: (id) => titleOfFigure(id).zh,
};
