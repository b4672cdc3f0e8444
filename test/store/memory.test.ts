import { emptyContents } from '../../store/memory/contents.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { storeContract } from './contract.ts';

storeContract(
  'memory',
  async () => {
    const contents = emptyContents();
    const store = openMemoryStore({ contents });
    return {
      store,
      async reopen() {
        await store[Symbol.asyncDispose]();
        return openMemoryStore({ contents });
      },
      history: async () =>
        contents.history.map(({ machine, grain, from, revision }) => ({ machine, grain, from, revision })),
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    };
  },
  {
    poison: { signal: 'total', value: 2n ** 63n, refused: 'signal', detail: /does not fit a 64-bit integer/ },
  },
);
