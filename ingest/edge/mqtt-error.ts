/** CONNACK codes of MQTT 3.1.1 (1–5) and MQTT 5 (from 128) whose cause the user can remove; settings without their section. */
const REMEDIES: Readonly<Record<number, string>> = {
  2: 'the broker refuses the client id: set another {section}.clientId',
  4: 'the broker refuses user name or password: check {section}.username and {section}.password',
  5: 'the broker does not authorise this client: check {section}.username, {section}.password and the rights there',
  133: 'the broker refuses the client id: set another {section}.clientId',
  134: 'the broker refuses user name or password: check {section}.username and {section}.password',
  135: 'the broker does not authorise this client: check {section}.username, {section}.password and the rights there',
  142: 'another client has taken over the session: give each its own {section}.clientId',
};

/** Whether a CONNACK says that the protocol version is not spoken here, in MQTT 3.1.1 or 5. */
export function isVersionRefusal(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return code === 1 || code === 132;
}

/** Whether a DISCONNECT says that another client came with our client id [MQTT 5, 3.14.2.1]. */
export const isTakeOver = (reasonCode: number | undefined): boolean => reasonCode === 142;

/**
 * What went wrong with the connection, in words for `/readyz` and the log, with the remedy where one is known. `section` is where
 * the broker's settings stand, `mqtt` or `sparkplug.brokers.1`.
 */
export function describeMqttError(error: Error, url: string, section = 'mqtt'): string {
  const { code } = error as { code?: unknown };
  const remedy = typeof code === 'number' ? REMEDIES[code] : undefined;
  if (remedy) return remedy.replaceAll('{section}', section);
  switch (code) {
    case 'ECONNREFUSED':
      return `no broker answers at ${hostOf(url)} (ECONNREFUSED): start it, or correct ${section}.url`;
    case 'ENOTFOUND':
      return `the host of ${hostOf(url)} is unknown (ENOTFOUND): correct ${section}.url`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return `the certificate of ${hostOf(url)} comes from no known authority (${code}): set ${section}.tls.ca`;
    case 'CERT_HAS_EXPIRED':
      return `the certificate of ${hostOf(url)} has expired (${code}): renew it there`;
    case 'CERT_NOT_YET_VALID':
      return `the certificate of ${hostOf(url)} is not valid yet (${code}): compare the clocks of both hosts`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `the certificate of ${hostOf(url)} is not for this name (${code}): write ${section}.url with a name that it holds`;
    case 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED':
      return `${hostOf(url)} asks for a client certificate (${code}): set ${section}.tls.cert and ${section}.tls.key`;
    case 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA':
    case 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED':
    case 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE':
    case 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN':
      return `${hostOf(url)} does not accept our client certificate (${code}): check ${section}.tls.cert, its authority and its end`;
    default:
      return error.message || String(code ?? 'connection failed');
  }
}

/** Without user name and password, which a URL may carry. */
function hostOf(url: string): string {
  return url.replace(/^([a-z]+:\/\/)?([^@/]*@)?/i, '').replace(/\/.*$/, '');
}
