import type { Kind } from '../column.ts';
import { text } from './text.ts';

const any = text();

/** A unit. Per cent is none: whether 0.95 under it means 0.95 or 0.0095 could only be guessed. */
export const unit: Kind<string> = {
  allowed: { zh: '比率写 1，其他写计量单位，如 kWh', en: '1 for a ratio, else the unit, such as kWh' },
  read(cell, context) {
    const reading = any.read(cell, context);
    if ('wrong' in reading || !['%', '‰'].includes(reading.value.normalize('NFKC'))) return reading;
    return {
      wrong: {
        zh: '比率的数值请写 0.95 或 95%，单位写 1',
        en: 'write the value as 0.95 or 95% and the unit 1',
      },
      allowed: ['1'],
    };
  },
  write: (value) => value,
};
