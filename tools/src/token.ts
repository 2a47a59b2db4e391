import { CUSTOMER_NAME, issueToken } from './auth.ts';
import { dataFolder } from './runner/settings.ts';

const USAGE = `usage: npm run --silent token -- NAME

Prints a token for customer NAME, valid for twelve hours. The name "admin" gets the admin scope.
NAME: letters, digits and . _ @ -, at most 64 characters.`;

const [name = '', ...rest] = process.argv.slice(2);
if (name === '--help') {
  console.log(USAGE);
} else if (rest.length > 0 || !CUSTOMER_NAME.test(name)) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  console.log(await issueToken({ dataDir: dataFolder(), name }));
}
