import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { issueToken } from '../auth.ts';
import { gatewayApi, install, installIstio, keda, metricsServer } from '../cluster/addons.ts';
import { words } from '../cluster/changes.ts';
import { deploy } from '../cluster/deploy.ts';
import { answers } from '../cluster/door.ts';
import { buildImages, namedByContent } from '../cluster/images.ts';
import { deleteCluster, ensureCluster, isThere, loadImages } from '../cluster/kind.ts';
import { demand, kindNeeds } from '../cluster/needs.ts';
import { seedCatalogue } from '../runner/catalogue.ts';
import { paint } from '../runner/paint.ts';
import { terminalProgress } from '../runner/progress.ts';
import { dataFolder, root, StartError } from '../runner/settings.ts';
import { playDemo } from './demo.ts';
import { welcome } from './welcome.ts';

/** As k8s/kind/cluster.yaml publishes the door. */
const gatewayUrl = 'http://localhost:8080';

const folder = (): string => (process.env['SHOP_DATA'] ? dataFolder() : join(root, '.shop', 'kind'));
const without = (program: string) => kindNeeds.filter((need) => need.program !== program);

/** The cluster, what it stands on, and the shop in it. */
export async function up({ build }: { build: boolean }): Promise<void> {
  const progress = terminalProgress();
  const dataDir = folder();
  progress.line(`\n${paint.bold('shop on kind')} ${paint.dim(`secrets in ${relative(root, dataDir)}`)}\n`);
  await progress.step('Programs', async (note) => note(await demand(kindNeeds)));
  await progress.step('Cluster', ensureCluster);
  if (build) await progress.step('Images', buildImages);
  const images = await progress.step('Loading', async (note) => {
    const names = await namedByContent();
    note(`${names.size} images`);
    // By both names: scenarios use the first.
    await loadImages([...names.keys(), ...names.values()]);
    return names;
  });
  await install(gatewayApi, progress);
  await install(metricsServer, progress);
  await installIstio(progress);
  // After the mesh, so that its operator gets a sidecar.
  await install(keda, progress);
  const changes = await deploy({ overlay: join(root, 'k8s/overlays/kind'), images, dataDir, progress });
  await progress.step('Door', () => answers(`${gatewayUrl}/v1/categories`));
  await seedCatalogue({ gatewayUrl, token: (name) => issueToken({ dataDir, name }) }, progress);
  progress.line(`\n${paint.green('Ready')}: ${words(changes)}.\n`);
  progress.line(welcome(gatewayUrl, relative(root, dataDir)));
}

/** The demo of the shop in the cluster. Answers its exit code. */
export async function demo(): Promise<number> {
  await demand(without('istioctl'));
  if (!(await isThere())) throw new StartError('There is no cluster: npm run kind:up');
  await ensureCluster(() => {});
  const { code } = await playDemo({ door: gatewayUrl, dataDir: folder(), show: true });
  return code;
}

/** Removes the cluster. The secrets stay: the next one gets the same. */
export async function down(): Promise<void> {
  await demand(kindNeeds.filter(({ program }) => program === 'docker' || program === 'kind'));
  const progress = terminalProgress();
  progress.line();
  await progress.step('Cluster', async (note) => {
    const found = await isThere();
    note(found ? 'removing' : 'there is none');
    if (found) await deleteCluster();
  });
  if (existsSync(folder()))
    progress.line(`\n${paint.dim(`The secrets stay in ${relative(root, folder())}.`)}\n`);
}
