import { SITE_PATH } from '../../domain/assess/pilot-forms.ts';
import type { Kind } from '../column.ts';

/** The sites of a pilot, parted by semicolons or line breaks. */
export const sites: Kind<readonly string[]> = {
  allowed: {
    zh: `${SITE_PATH.allowed.zh}；多个厂区以分号分隔`,
    en: `${SITE_PATH.allowed.en}; several are parted by semicolons`,
  },
  read(cell) {
    const value = String(cell)
      .split(/[;；\r\n]+/)
      .map((site) => site.trim())
      .filter((site) => site !== '');
    const wrong = value.find((site) => !SITE_PATH.pattern.test(site));
    if (wrong === undefined) return { value };
    return { wrong: { zh: `“${wrong}”应写作“企业/厂区”`, en: `"${wrong}": write enterprise/site` } };
  },
  write: (value) => (value.length === 0 ? null : value.join(';')),
};
