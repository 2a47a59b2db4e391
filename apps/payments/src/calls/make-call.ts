import { onPspState, waitsIn } from '../model/moves.ts';
import type { PspPayment } from '../model/payment.ts';
import { OutcomeUnknown, type PaymentProvider } from '../psp/payment-provider.ts';
import type { Call } from './call.ts';

/**
 * Makes a call and answers how the payment now stands at the provider, or undefined when a mere query found nothing. After an attempt that
 * may have arrived the provider is asked first: repeating is the last resort, even with a key that makes it harmless.
 */
export async function makeCall(
  provider: PaymentProvider,
  call: Call,
  signal: AbortSignal,
): Promise<PspPayment | undefined> {
  if (call.uncertain || call.step === 'query') {
    const found = await provider.find(call, signal);
    if (call.step === 'query' || (found && settles(call, found))) return found;
    if (found) call.pspId ??= found.id ?? null;
  }
  const answer = await perform(provider, call, signal);
  if (!settles(call, answer)) throw new OutcomeUnknown(`still ${answer.state}`);
  return answer;
}

function perform(provider: PaymentProvider, call: Call, signal: AbortSignal): Promise<PspPayment> {
  const { amount, token } = call;
  if (call.step === 'void') return provider.cancel(call, signal);
  if (call.step === 'capture') return provider.capture(call, signal);
  if (call.step === 'refund') return provider.refund(call, signal);
  if (!amount || !token) throw new Error(`payment ${call.paymentId} has nothing to authorise`);
  return provider.authorise({ ...call, amount, token }, signal);
}

const settles = ({ step }: Call, seen: PspPayment): boolean =>
  onPspState[waitsIn[step]][seen.state] !== undefined;
