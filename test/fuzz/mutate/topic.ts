import type { Dice } from './dice.ts';

const LEVELS = [
  '',
  '-',
  '+',
  '#',
  ' ',
  '门',
  '\0',
  '\ud800',
  '..',
  '%2F',
  '$SYS',
  'x'.repeat(300),
  'NDATA',
  'DBIRTH',
  'v2',
  '_historian',
  'tag',
];

/** A topic with one level changed, taken out or put in. */
export function mutateTopic(topic: string, dice: Dice): string {
  const levels = topic.split('/');
  const at = dice.below(levels.length);
  switch (dice.below(4)) {
    case 0:
      levels[at] = dice.one(LEVELS);
      break;
    case 1:
      levels.splice(at, 1);
      break;
    case 2:
      levels.splice(at, 0, dice.one(LEVELS));
      break;
    default:
      levels[at] = `${levels[at]}${dice.below(4)}`;
  }
  return levels.join('/');
}
