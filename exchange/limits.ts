/** A list of 100,000 machines is about 5 MB. */
export const MAX_FILE_BYTES = 16_000_000;
/** What a workbook may unpack to; the same list is 43 MB of XML. */
export const MAX_UNPACKED_BYTES = 128_000_000;
/** Rows of one sheet, its heading not counted. */
export const MAX_ROWS = 100_000;
/** Remarks that are listed one by one; the others are counted. */
export const MAX_REMARKS = 200;
/** What reading may take, in a thread of its own; a sheet of 100,000 rows does with 320 MB. */
export const MAX_HEAP_MB = 512;
export const MAX_READING_MS = 120_000;
