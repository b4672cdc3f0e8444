import { useRef, useState } from 'preact/hooks';
import { useSpeech } from '../i18n/index.ts';
import { Scroll } from './scroll.tsx';

/** Text to be taken along; where the browser gives no clipboard (plain HTTP off this computer), it is selected instead. */
export function CopyText({ name, text }: { readonly name: string; readonly text: string }) {
  const { words } = useSpeech();
  const [copied, tell] = useState(false);
  const box = useRef<HTMLPreElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      tell(true);
    } catch {
      if (box.current) getSelection()?.selectAllChildren(box.current);
    }
  };
  return (
    <div class="copy-text">
      <Scroll name={name}>
        <pre ref={box}>{text}</pre>
      </Scroll>
      <button type="button" class="small" onClick={() => void copy()}>
        {words.dataHealth.copy}
      </button>{' '}
      <span role="status">{copied ? words.dataHealth.copied : ''}</span>
    </div>
  );
}
