import { canonical } from '../../domain/canonical.ts';
import { type Command, text, UsageError } from '../command.ts';
import { instantOf } from '../instant-option.ts';
import { PROVER_OPTIONS, proverFor } from '../prover.ts';

export const inputs: Command = {
  id: 'inputs',
  watchesSignal: true,
  summary:
    "Prints what a digest is the SHA-256 of: a machine's span as one cell (--machine), or the cells of a scope's row (--scope). Pipe it to sha256sum.",
  options: {
    ...PROVER_OPTIONS,
    machine: { type: 'string', value: 'PATH', help: 'the canonical inputs of its span as one cell' },
    scope: {
      type: 'string',
      value: 'PATH',
      help: "the cells of the scope's row, as /ledger without by= has it",
    },
    from: { type: 'string', value: 'TIME', help: 'begin of the span' },
    to: { type: 'string', value: 'TIME', help: 'its end' },
    'as-of': { type: 'string', value: 'TIME', help: 'only what had happened by then; default: now' },
  },
  async run(invocation) {
    const [from, to] = [instantOf(invocation, 'from'), instantOf(invocation, 'to')];
    if (from === undefined || to === undefined) throw new UsageError('inputs needs --from and --to');
    if (from >= to) throw new UsageError('--to is not after --from; a span is half-open, [from, to)');
    const [machine, scope] = [text(invocation, 'machine'), text(invocation, 'scope')];
    if ((machine === undefined) === (scope === undefined))
      throw new UsageError('inputs needs one of --machine (a cell) and --scope (a row)');
    const asOf = instantOf(invocation, 'as-of');
    const span = { from, to, ...(asOf === undefined ? {} : { asOf }) };
    const write = invocation.write ?? invocation.print;
    await using prover = await proverFor(invocation);
    if (machine !== undefined) {
      write(Buffer.from(await prover.inputs({ machine, ...span })).toString());
    } else {
      const { rows } = await prover.cells({ scope: scope ?? '', ...span, by: [] });
      write(canonical(rows[0]?.cells ?? []));
    }
    return 0;
  },
};
