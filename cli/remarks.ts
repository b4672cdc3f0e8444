import type { Place, Remarks } from '../exchange/remark.ts';
import type { Invocation } from './command.ts';

/** Writes what is wrong with a file, and worth saying, a line for each. */
export function printRemarks({ errors, warnings, more }: Remarks, { report }: Invocation): void {
  for (const [kind, remarks, rest] of [
    ['error', errors, more.errors],
    ['warning', warnings, more.warnings],
  ] as const) {
    for (const { message, allowed, ...place } of remarks) {
      const remedy = allowed.length > 0 ? ` (allowed: ${allowed.join(', ')})` : '';
      report([kind, ...placeOf(place), `${message.en}${remedy}`].join(': '));
    }
    if (rest > 0) report(`${kind}: and ${rest} more`);
  }
}

/** `设备, row 12, 关键设备 "大概"`; nothing where the remark is about the whole file. */
function placeOf({ sheet, row, column, value }: Place): string[] {
  const where = [sheet, row === null ? null : `row ${row}`, column].filter((part) => part != null).join(', ');
  const place = [where, value == null ? '' : `"${value}"`].filter((part) => part !== '').join(' ');
  return place === '' ? [] : [place];
}
