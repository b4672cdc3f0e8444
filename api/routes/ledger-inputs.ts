import { z } from 'zod';
import { machinePath } from '../http/places.ts';
import { asOf, ordered, spanParams } from '../http/times.ts';
import { rawRoute } from '../route.ts';

/** What one cell follows from, byte by byte: its SHA-256 is the cell's digest. */
export const ledgerInputs = rawRoute({
  id: 'ledger-inputs',
  method: 'get',
  path: '/api/v1/ledger/inputs',
  summary: {
    zh: '一格账的规范输入：其 SHA-256 即该格的摘要',
    en: 'The canonical inputs of a cell: their SHA-256 is its digest',
  },
  params: ordered(z.strictObject({ machine: machinePath('The machine'), ...spanParams, asOf })),
  media: 'application/json',
  content: 'RFC 8785 canonical JSON, as docs/proof.md explains it; without a line break at its end',
  answer: z.looseObject({}),
  problems: ['machine-not-found', 'span-too-large', 'raw-data-removed', 'store-unavailable'],
  async handler({ params: { machine, from, to, asOf } }, { analysis }, { response }) {
    const question = { machine, from, to, ...(asOf === undefined ? {} : { asOf }) };
    response.type('application/json').send(Buffer.from(await analysis.proof.inputs(question)));
  },
});
