export interface Target {
  health: string;
  labels: { instance: string; pod?: string };
}

interface Answers {
  targets: { activeTargets: Target[] };
  rules: { groups: { name: string; rules: { health: string; name: string }[] }[] };
}

/** What Prometheus says of itself. */
export async function ask<What extends keyof Answers>(url: string, what: What): Promise<Answers[What]> {
  const answer = await fetch(`${url}/api/v1/${what}`);
  if (!answer.ok) throw new Error(`Prometheus answered ${answer.status}`);
  return ((await answer.json()) as { data: Answers[What] }).data;
}

/** The services of whom it has series now, by an expression that counts them by job. */
export async function jobsOf(url: string, series: string): Promise<string[]> {
  const query = new URLSearchParams({ query: `count by (job) (${series})` });
  const answer = await fetch(`${url}/api/v1/query?${query}`);
  if (!answer.ok) throw new Error(`Prometheus answered ${answer.status}`);
  const { data } = (await answer.json()) as { data: { result: { metric: { job: string } }[] } };
  return data.result.map(({ metric }) => metric.job);
}
