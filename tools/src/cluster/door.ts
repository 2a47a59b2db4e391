import { eventually } from '@shop/testing';
import { StartError } from '../runner/settings.ts';

/** Waits until the door answers from outside: the mesh may need a moment to hear of its routes. */
export async function answers(url: string): Promise<void> {
  const look = async () => {
    const { status } = await fetch(url);
    if (status !== 200) throw new Error(`it answered ${status}`);
  };
  await eventually(look, { timeoutMs: 60_000, everyMs: 500 }).catch((error: Error) => {
    throw new StartError(
      `${url} does not answer as it should: ${error.message}\nLook: kubectl --namespace=istio-ingress logs deployment/shop-istio --tail=30`,
    );
  });
}
