// Imported first: a Node older than the one the scripts are written for gets a sentence, not a stack trace.
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    `Latchkey needs Node 20 or newer to install itself and this is ${process.version}; install a newer Node and try again.`,
  )
  process.exit(1)
}
