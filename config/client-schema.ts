import { z } from 'zod';
import { text } from './quantities.ts';

/** The address of a broker. */
export const brokerUrl = text.regex(
  /^(mqtt|mqtts|tcp|ssl|ws|wss):\/\/.+/,
  'write mqtt://host:1883 or mqtts://host:8883',
);

/** TLS at the side of the client. */
export const clientTls = z.strictObject({
  ca: text.optional().describe("PEM file of the authority that the server's certificate comes from"),
  cert: text.optional().describe('PEM file of the client certificate'),
  key: text.optional().describe("PEM file of the client certificate's key"),
  rejectUnauthorized: z
    .boolean()
    .default(true)
    .describe('false accepts any certificate: for a test bench only'),
});
