import { inPod } from '../cluster/in-pod.ts';

/** One call by the driver: its status (0: no answer), who answered as far as the route says, and how long it took. */
export interface Seen {
  status: number;
  version: string | null;
  ms: number;
}

export interface Load {
  calls: number;
  /** How many at once; default one after the other. */
  atOnce?: number;
  headers?: Record<string, string>;
}

/** Runs in the driver's pod, so it is text. */
const program = `
const { calls, atOnce, headers } = JSON.parse(process.argv[1]);
const seen = [];
let left = calls;
const worker = async () => {
  while (left-- > 0) {
    const since = performance.now();
    const answer = await fetch('http://catalog/v1/categories', { headers }).then(
      async (response) => (await response.arrayBuffer(), { status: response.status, version: response.headers.get('x-version') }),
      () => ({ status: 0, version: null }),
    );
    seen.push({ ...answer, ms: Math.round(performance.now() - since) });
  }
};
Promise.all(Array.from({ length: atOnce }, worker)).then(() => console.log(JSON.stringify(seen)));
`;

/** Lets the driver call the catalogue through its sidecar. */
export async function drive({ calls, atOnce = 1, headers = {} }: Load): Promise<Seen[]> {
  const args = [JSON.stringify({ calls, atOnce, headers })];
  return JSON.parse(await inPod('deployment/driver', program, { args })) as Seen[];
}

/** How many requests a pod of a Deployment has answered, as its own metrics say. */
export async function answeredBy(deployment: string): Promise<number> {
  const text = await inPod(
    `deployment/${deployment}`,
    "fetch('http://127.0.0.1:8080/metrics').then((answer) => answer.text()).then(console.log)",
  );
  return [...text.matchAll(/^http_server_request_duration_seconds_count\{[^}]*categories[^}]*\} (\d+)/gm)]
    .map(([, count]) => Number(count))
    .reduce((sum, count) => sum + count, 0);
}
