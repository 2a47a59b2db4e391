import { rotateKeys } from '@shop/identity/keys';
import { expectNoArguments } from './runner/arguments.ts';
import { rotationLines } from './runner/rotation-lines.ts';
import { runCommand } from './runner/run-command.ts';
import { dataFolder, places } from './runner/settings.ts';

expectNoArguments(`usage: npm run rotate-keys

Makes a new key that signs access tokens from now on, also in a shop that runs: nothing is restarted, nobody is signed out.
Older keys are accepted for twelve hours more, the longest that one of their tokens lives, and then removed by a later rotation.
With BASE_URL it is for the shop that docker compose runs, else for that of npm start.`);

if (process.env['BASE_URL'] && !process.env['SHOP_DATA']) {
  const inside = ['compose', 'run', '--rm', '--no-deps', '--quiet-pull', 'secrets', 'rotate.js'];
  console.log(await runCommand('docker compose run', 'docker', inside));
} else console.log(rotationLines(rotateKeys(places(dataFolder()).auth)));
