import type { Column } from '../column.ts';
import { text } from '../kinds/text.ts';

/** Which pilot a row belongs to. */
export const pilotColumn: Column<string> = {
  title: { zh: '企业编号', en: 'Pilot' },
  aliases: ['pilot id', 'enterprise id', '试点编号'],
  about: { zh: '试点的简短编号，各表以此对应', en: "The pilot's short id, which joins the sheets" },
  kind: text(),
  example: 'haida',
};
