import type { Kind } from '../column.ts';
import { plain } from '../plain.ts';

const YES = ['是', 'yes', 'y', '1', 'true', '√', '✓', '✔'];
const NO = ['否', 'no', 'n', '0', 'false', '×', '✗', '✘'];

export const flag: Kind<boolean> = {
  allowed: {
    zh: '是、否（也接受 yes/no、1/0、true/false、√/×）',
    en: '是 or 否; also yes/no, 1/0, true/false, √/×',
  },
  choices: ['是', '否'],
  read(cell) {
    const word = cell instanceof Date ? '' : plain(String(cell));
    if (YES.includes(word)) return { value: true };
    if (NO.includes(word)) return { value: false };
    return { wrong: { zh: '应为“是”或“否”', en: 'say 是 (yes) or 否 (no)' }, allowed: ['是', '否'] };
  },
  write: (value) => (value ? '是' : '否'),
};
