import type { CellsAnswer, ProofAnswer, Prover } from '../analysis/proof.ts';
import { type Invocation, NotChecked, type OptionSpec, text } from './command.ts';
import { CONFIG_OPTION, configOf } from './config-option.ts';

/** The options that say whom to ask. */
export const PROVER_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  config: CONFIG_OPTION,
  url: {
    type: 'string',
    value: 'URL',
    help: 'ask the platform there; default: the data folder of the configuration',
  },
  token: { type: 'string', value: 'TOKEN', help: 'bearer token for --url; also KAIDONG_TOKEN' },
};

/** The platform at `--url`, or the data folder. What can't be asked is a {@link NotChecked}. */
export async function proverFor(invocation: Invocation): Promise<Prover & AsyncDisposable> {
  const url = text(invocation, 'url');
  if (url !== undefined) return remote(url.replace(/\/+$/, ''), invocation);
  const config = configOf(invocation);
  const { openProver } = await import('../composition/prover-at-rest.ts');
  return openProver(config).catch((error: unknown) => {
    throw new NotChecked((error as Error).message, { cause: error });
  });
}

function remote(url: string, invocation: Invocation): Prover & AsyncDisposable {
  const token = text(invocation, 'token') ?? process.env.KAIDONG_TOKEN;
  const ask = async (path: string, question: object): Promise<Buffer> => {
    const address = new URL(`${url}/api/v1/${path}`);
    for (const [name, value] of Object.entries(question)) {
      if (value !== undefined && `${value}` !== '') address.searchParams.set(name, `${value}`);
    }
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(address, { headers, signal: invocation.signal }).catch((error) => {
      throw new NotChecked(`${url} does not answer: ${(error.cause ?? error).message}`, { cause: error });
    });
    const body = Buffer.from(await response.arrayBuffer());
    if (response.ok) return body;
    throw new NotChecked(`${url} answered ${response.status}: ${detailIn(body.toString())}`);
  };
  const at = (iso: string): number => Date.parse(iso);
  const spanOf = ({ from, to }: { readonly from: unknown; readonly to: unknown }) => ({
    from: at(from as string),
    to: at(to as string),
  });
  const rowsOf = (answer: { readonly rows: readonly Record<'from' | 'to', string>[] }) =>
    answer.rows.map((row) => ({ ...row, ...spanOf(row) }));
  return {
    async verify({ kpis, ...question }) {
      const answer = JSON.parse(`${await ask('verify', { ...question, kpi: kpis })}`);
      const keptSince = answer.keptSince === null ? null : at(answer.keptSince);
      const times = { ...spanOf(answer), asOf: at(answer.asOf), keptSince };
      return { ...answer, ...times, rows: rowsOf(answer) } as ProofAnswer;
    },
    inputs: (question) => ask('ledger/inputs', question),
    async cells(question) {
      const answer = JSON.parse(`${await ask('ledger/cells', question)}`);
      return { ...spanOf(answer), asOf: at(answer.asOf), rows: rowsOf(answer) } as unknown as CellsAnswer;
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function detailIn(body: string): string {
  try {
    const { detail, errors = [] } = JSON.parse(body) as {
      detail?: string;
      errors?: readonly { readonly name: string; readonly message: string }[];
    };
    return [detail, ...errors.map(({ name, message }) => `${name} ${message}`)].filter(Boolean).join('; ');
  } catch {
    return body.slice(0, 200);
  }
}
