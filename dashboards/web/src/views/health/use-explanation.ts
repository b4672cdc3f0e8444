import { useRef, useState } from 'preact/hooks';
import { ApiError, ask } from '../../api.ts';
import { type Explanation, readExplanation } from '../../health/answers.ts';

export interface MessageToExplain {
  readonly topic: string;
  readonly payloadBase64: string;
  readonly receivedAt?: string;
}

/** Asks what ingest would make of a message; a newer question overtakes the older. */
export function useExplanation() {
  const [state, setState] = useState<{
    readonly busy: boolean;
    readonly answer: Explanation | undefined;
    readonly error: ApiError | undefined;
  }>({ busy: false, answer: undefined, error: undefined });
  const turn = useRef(0);
  const askIt = async (message: MessageToExplain): Promise<void> => {
    const own = ++turn.current;
    setState(({ answer }) => ({ busy: true, answer, error: undefined }));
    try {
      const answer = await ask('/ingest/explain', { body: message, read: readExplanation });
      if (own === turn.current) setState({ busy: false, answer, error: undefined });
    } catch (error) {
      if (own !== turn.current) return;
      const told = error instanceof ApiError ? error : new ApiError(0, 'error', String(error));
      setState({ busy: false, answer: undefined, error: told });
    }
  };
  return { ...state, ask: (message: MessageToExplain) => void askIt(message) };
}
