/** The page's addresses, as its router reads them. */
export const machineLink = (path: string): string =>
  `/machines/${path.split('/').map(encodeURIComponent).join('/')}`;
export const healthLink = '/health';
