import type { SheetSpec } from '../sheet.ts';
import { answers } from './answers.ts';
import { declared } from './declared.ts';
import { equipment } from './equipment.ts';
import { pilots } from './pilots.ts';
import { processes } from './processes.ts';

/** Every sheet of the workbook, in its order. */
export const sheets: readonly SheetSpec[] = [pilots, equipment, processes, declared, answers];
