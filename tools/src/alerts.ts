import { checksOf } from './alerts/checks.ts';
import { findPromtool, image } from './alerts/promtool.ts';
import { expectNoArguments } from './runner/arguments.ts';
import { paint } from './runner/paint.ts';
import { terminalProgress } from './runner/progress.ts';

const help = `Usage: npm run check:alerts

Lets promtool check Prometheus's configuration, test that every alert fires when it should and is silent when not,
and read every query of the dashboards.

promtool is the one on the PATH, else that of ${image} by Docker (PROMETHEUS_IMAGE names another).

Exit codes: 0 everything holds, 1 something does not or could not be checked, 2 wrong usage.`;

const root = new URL('../..', import.meta.url).pathname;

expectNoArguments(help);
process.exitCode = await check();

async function check(): Promise<number> {
  const progress = terminalProgress();
  const promtool = await findPromtool(root);
  if (!promtool) {
    console.error(
      `Nothing was checked: there is no promtool on the PATH, and Docker has not given one from ${image}.\nInstall Prometheus (promtool comes with it) or start Docker, and try again.`,
    );
    return 1;
  }
  progress.line(`  promtool ${promtool.from}`);
  for (const { title, what, run } of checksOf(root)) {
    try {
      await progress.step(title, async (note) => {
        note(what);
        const fault = await run(promtool);
        if (fault) throw new Error(fault);
      });
    } catch (error) {
      console.error(`\n${(error as Error).message}\n\n${paint.red(`${title}: something does not hold`)}`);
      return 1;
    }
  }
  progress.line(paint.green('\neverything holds'));
  return 0;
}
