/** The metrics of a service, as Prometheus scrapes them. */
export class Scrape {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  static async of(url: string): Promise<Scrape> {
    const response = await fetch(new URL('/metrics', url));
    if (!response.ok) throw new Error(`${url}/metrics answered ${response.status}`);
    return new Scrape(await response.text());
  }

  /** The sum of the samples that have these labels among theirs; undefined when there is none. */
  value(name: string, labels: Record<string, string> = {}): number | undefined {
    const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
    const found = this.text.split('\n').flatMap((line) => {
      const [, sample, own = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const fits = sample === name && wanted.every((label) => `,${own},`.includes(`,${label},`));
      return fits ? [Number(value)] : [];
    });
    return found.length > 0 ? found.reduce((sum, value) => sum + value) : undefined;
  }

  /** The names of all metrics that have samples. */
  get names(): string[] {
    return [...this.text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name!).sort();
  }
}
