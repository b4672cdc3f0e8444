import { fill, useSpeech } from '../i18n/index.ts';
import { plantAddress } from '../route.ts';

/** An address that nothing is at. */
export function NowhereView({ address }: { readonly address: string }) {
  const { words } = useSpeech();
  return (
    <div class="notice">
      <h1 class="notice-title">{words.wall.noPage}</h1>
      <p>{fill(words.wall.noPageHint, { address: decoded(address) })}</p>
      <a href={plantAddress()}>{words.backToPlant}</a>
    </div>
  );
}

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
