import { creditCodeDoubt, readCreditCode } from '../../domain/assess/credit-code.ts';
import type { Kind } from '../column.ts';
import { text } from './text.ts';

const any = text();

/** 统一社会信用代码: put right where it can be, and never refused for its check character. */
export const creditCode: Kind<string | null> = {
  allowed: {
    zh: '18 位统一社会信用代码（GB 32100）',
    en: 'a unified social credit code of 18 characters (GB 32100)',
  },
  read(cell) {
    const reading = any.read(cell, { dayOffset: 0 });
    if ('wrong' in reading) return reading;
    const { code, doubt } = readCreditCode(reading.value);
    const changed = code !== cell;
    if (doubt !== null) return { value: code, note: creditCodeDoubt(doubt) };
    if (!changed) return { value: code };
    return { value: code, note: { zh: `已规范为 ${code}`, en: `put right: ${code}` } };
  },
  write: (value) => value,
};
