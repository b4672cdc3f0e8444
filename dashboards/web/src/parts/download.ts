import { csv } from '../format.ts';
import type { Cell } from './table.tsx';

/** Hands bytes to the browser as a file. */
export function downloadBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export const downloadCsv = (name: string, rows: readonly (readonly Cell[])[]): void =>
  downloadBlob(new Blob([csv(rows)], { type: 'text/csv' }), `${name}.csv`);
