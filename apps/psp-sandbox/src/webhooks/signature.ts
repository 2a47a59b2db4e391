import { createHmac } from 'node:crypto';

export const signatureHeader = 'psp-signature';

/** `t=<seconds>,v1=<hex>[,v1=…]`: HMAC-SHA256 over `<seconds>.<body>`, so that neither the body nor its age can be forged; one for each secret. */
export function sign(secrets: readonly string[], body: string, epochSeconds: number): string {
  const macs = secrets.map((secret) =>
    createHmac('sha256', secret).update(`${epochSeconds}.${body}`).digest('hex'),
  );
  return [`t=${epochSeconds}`, ...macs.map((mac) => `v1=${mac}`)].join(',');
}
