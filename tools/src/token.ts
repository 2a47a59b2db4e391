import { CUSTOMER_NAME, issueToken } from './auth.ts';
import { keyFolder } from './runner/key-folder.ts';

const USAGE = `usage: npm run --silent token -- NAME

Prints a token for customer NAME, valid for twelve hours. The name "admin" gets the admin scope.
NAME: letters, digits and . _ @ -, at most 64 characters.
With BASE_URL it is for the shop that docker compose runs, else for that of npm start.`;

const [name = '', ...rest] = process.argv.slice(2);
if (name === '--help') {
  console.log(USAGE);
} else if (rest.length > 0 || !CUSTOMER_NAME.test(name)) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  console.log(await issueToken({ dataDir: await keyFolder(), name }));
}
