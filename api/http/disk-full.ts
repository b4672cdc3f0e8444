/** What SQLite calls a full disk; the upper bits of a code say more than that. */
const SQLITE_FULL = 13;
const PRIMARY_CODE = 0xff;

/** Whether an error says that what was to be kept found no room. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false;
  return typeof error.errcode === 'number' && (error.errcode & PRIMARY_CODE) === SQLITE_FULL;
}
