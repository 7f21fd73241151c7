// Electron's command line: `electron [switches] [-r file]... <app> [arguments]`.

/**
 * @param {string[]} args everything after the executable
 * @returns {{ switches: Map<string, string>, required: string[], target: string | undefined }}
 */
export function parseCommandLine(args) {
  const switches = new Map()
  const required = []
  let target
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (arg === '-r' || arg === '--require') required.push(args[++i])
    else if (arg.startsWith('--')) switches.set(...splitSwitch(arg))
    else if (!arg.startsWith('-')) target ??= arg
  }
  return { switches, required, target }
}

function splitSwitch(arg) {
  const equals = arg.indexOf('=')
  return equals < 0 ? [arg.slice(2), ''] : [arg.slice(2, equals), arg.slice(equals + 1)]
}
