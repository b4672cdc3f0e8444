/** A word as it is compared: half-width, lower case, without spaces and what only parts words. */
export const plain = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
