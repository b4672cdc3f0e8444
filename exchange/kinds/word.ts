import type { Bilingual } from '../../domain/assess/register.ts';
import type { Kind } from '../column.ts';
import { plain } from '../plain.ts';

/** A word of a closed list, written in Chinese, in English or as its id. */
export function word<W extends string>(names: Readonly<Record<W, Bilingual>>): Kind<W> {
  const ids = Object.keys(names) as W[];
  const meant = new Map(
    ids.flatMap((id) => [id, names[id].zh, names[id].en].map((name) => [plain(name), id] as const)),
  );
  const choices = ids.map((id) => names[id].zh);
  return {
    allowed: { zh: choices.join('、'), en: ids.map((id) => `${names[id].zh} (${names[id].en})`).join(', ') },
    choices,
    read(cell) {
      const value = meant.get(plain(String(cell)));
      if (value !== undefined) return { value };
      return { wrong: { zh: '不在可选范围内', en: 'is none of the words that are known' }, allowed: choices };
    },
    write: (value) => names[value].zh,
  };
}
