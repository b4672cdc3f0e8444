import type { EpochMs } from '../../domain/time.ts';
import type { CertificateAnswer, ReadinessPart } from '../ingest-desk.ts';
import { iso } from './scalars.ts';

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;

const REMEDY = {
  zh: '更新证书文件；平台会自动采用新文件，无需重启。',
  en: 'Renew the files of the certificate; they are taken without a restart.',
};

/**
 * How the certificates stand; `undefined`: there are none. One that has ended makes the platform not ready; one that ends
 * soon, or whose new files can't be taken, is said.
 */
export function certificatePart(
  certificates: readonly CertificateAnswer[],
  now: EpochMs,
): ReadinessPart | undefined {
  const [first] = [...certificates].sort((one, other) => one.expiresAt - other.expiresAt);
  if (!first) return undefined;
  const part = 'certificates';
  const leftDays = Math.floor((first.expiresAt - now) / DAY_MS);
  const ends = `${first.which} ends at ${iso(first.expiresAt)}`;
  if (first.expiresAt <= now) {
    const message = { zh: `证书已过期：${first.which}。`, en: `A certificate has expired: ${first.which}.` };
    return { part, ok: false, detail: ends, message, remedy: REMEDY };
  }
  const notTaken = certificates.find(({ problem }) => problem !== null);
  if (notTaken) {
    const { which, problem } = notTaken;
    return {
      ...{ part, ok: true, detail: `${which}: ${problem}; the one before still serves` },
      message: { zh: `新证书文件无法使用：${which}。`, en: `Renewed files can't be taken: ${which}.` },
      remedy: {
        zh: '检查证书和私钥文件是否完整、是否配对；在此之前继续使用原证书。',
        en: 'Check that certificate and key are whole and belong together; the one before serves until then.',
      },
    };
  }
  if (leftDays < SOON_DAYS) {
    const message = {
      zh: `证书 ${leftDays} 天后过期：${first.which}。`,
      en: `A certificate ends in ${leftDays} days: ${first.which}.`,
    };
    return { part, ok: true, detail: ends, message, remedy: REMEDY };
  }
  const message = { zh: '证书有效。', en: 'The certificates are valid.' };
  return { part, ok: true, detail: `the first to end: ${ends}`, message, remedy: null };
}
