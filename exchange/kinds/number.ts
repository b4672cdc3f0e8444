import type { Kind } from '../column.ts';

const DECIMAL = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?(%?)$/;

/** A number; one that is kept as text is taken, and `95%` is 0.95. */
export const number: Kind<number> = {
  allowed: { zh: '数字；比率写 0.95 或 95%', en: 'a number; a ratio as 0.95 or 95%' },
  read(cell) {
    if (typeof cell === 'number' && Number.isFinite(cell)) return { value: cell };
    const value = typeof cell === 'string' ? numberIn(cell) : undefined;
    if (value === undefined) {
      return { wrong: { zh: '不是数字', en: 'is no number' }, allowed: ['0.95', '95%', '1234.5'] };
    }
    return {
      value,
      note: { zh: `文本格式的数字，按 ${value} 处理`, en: `a number kept as text; taken as ${value}` },
    };
  },
  write: (value) => value,
};

/** The value of a written number; per cent moves the point, so that no digit changes. */
export function numberIn(written: string): number | undefined {
  const match = DECIMAL.exec(written.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase());
  if (!match) return undefined;
  const [, sign, whole = '', part = '', power = '0', percent] = match;
  if (whole === '' && part === '') return undefined;
  const exponent = Number(power) - (percent ? 2 : 0);
  const value = Number(`${sign}${whole.replaceAll(',', '') || '0'}.${part || '0'}e${exponent}`);
  return Number.isFinite(value) ? value : undefined;
}
