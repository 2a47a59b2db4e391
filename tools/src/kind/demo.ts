import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { forward } from '../cluster/port-forward.ts';
import { root } from '../runner/settings.ts';

interface Asked {
  door: string;
  dataDir: string;
  /** Whether the terminal shows it, or only the answer has it. */
  show: boolean;
}

/** The same demo as everywhere, through the cluster's door; the provider's book is read past the mesh. */
export async function playDemo({ door, dataDir, show }: Asked): Promise<{ code: number; output: string }> {
  const provider = await forward('shop', 'deployment/psp-sandbox', 8080);
  try {
    const env = { ...process.env, BASE_URL: door, PSP_URL: provider.url, SHOP_DATA: dataDir };
    const script = ['--conditions=shop-source', join(root, 'tools/src/demo.ts')];
    const child = spawn(process.execPath, script, {
      cwd: root,
      env,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code: code ?? 1, output };
  } finally {
    await provider.stop();
  }
}
