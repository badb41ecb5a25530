// Imported before anything else, and plain JavaScript, so that an old Node can still print the
// message.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `HumanRail needs Node 20.19 or newer and this is ${process.versions.node}; install a newer one from https://nodejs.org and start again.`,
  );
  process.exit(1);
}
