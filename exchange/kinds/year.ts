import { YEARS } from '../../domain/assess/pilot-forms.ts';
import type { Kind } from '../column.ts';

const { from, to } = YEARS;

export const year: Kind<number> = {
  allowed: { zh: `年份，${from} 至 ${to}`, en: `a year from ${from} to ${to}` },
  read(cell) {
    const value = Number(String(cell).normalize('NFKC').replace(/年$/, '').trim());
    if (Number.isInteger(value) && value >= from && value <= to) return { value };
    return { wrong: { zh: `应为 ${from} 至 ${to} 的年份`, en: `is no year from ${from} to ${to}` } };
  },
  write: (value) => value,
};
