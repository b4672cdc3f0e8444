/** The one file that holds everything, in the store's folder and in a backup's. */
export const FILE_NAME = 'kaidong.duckdb';
