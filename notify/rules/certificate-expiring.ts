import { healthLink } from '../link.ts';
import type { Rule } from '../rule.ts';

const DAY_MS = 86_400_000;

/** A certificate of the configuration ends soon: then machines, browsers or the broker refuse to connect. */
export const certificateExpiring: Rule = {
  id: 'certificate-expiring',
  title: { zh: '证书即将到期', en: 'Certificate expiring' },
  why: {
    zh: '配置中的证书（http.tls、broker.tls、mqtt.tls、sparkplug.brokers）或所连消息代理的证书将在设定天数内到期，或已到期。',
    en: 'A certificate of the configuration (http.tls, broker.tls, mqtt.tls, sparkplug.brokers), or of a broker that we are connected to, ends within the days set, or has ended.',
  },
  needs: 'certificates',
  judge({ facts, entry }) {
    return (
      facts.certificates
        ?.filter(({ expiresAt }) => expiresAt - facts.asOf <= entry.withinMs)
        .map(({ setting, expiresAt }) => {
          const days = Math.floor((expiresAt - facts.asOf) / DAY_MS);
          const date = new Date(expiresAt).toISOString().slice(0, 10);
          return { is: 'yes', subject: setting, evidence: { days, date } };
        }) ?? null
    );
  },
  says({ evidence: { days, date } }, language) {
    if (Number(days) < 0) return language === 'zh' ? `已于 ${date} 到期` : `ended on ${date}`;
    return language === 'zh'
      ? `将在 ${days} 天后（${date}）到期`
      : `ends in ${days} ${days === 1 ? 'day' : 'days'} (${date})`;
  },
  link: () => healthLink,
};
