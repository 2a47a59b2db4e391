// Plain JavaScript and first of all: an older Node cannot even read the TypeScript that would tell its reader why.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 9)) {
  console.error(
    `Node ${process.versions.node} is too old: 24.9 or newer is needed. On Linux "npm ci" brings it along, and "npm start" finds it.`,
  );
  process.exit(1);
}
