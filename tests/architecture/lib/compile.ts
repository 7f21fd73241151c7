import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withTempDir } from '../../support/temp-dir'
import { ROOT } from './source-tree'

/**
 * Compiles one project under its own settings, together with files that are not in it. Returns what the compiler says;
 * an empty string means that it all compiles.
 */
export async function compile(project: string, extra: Readonly<Record<string, string>> = {}): Promise<string> {
  return withTempDir(async (dir) => {
    const config = {
      extends: join(ROOT, project, 'tsconfig.json'),
      compilerOptions: { noEmit: true, composite: false, incremental: false, emitDeclarationOnly: false, rootDir: '/' },
      include: [join(ROOT, project), dir.path],
      references: [],
    }
    await writeFile(dir.file('tsconfig.json'), JSON.stringify(config))
    await Promise.all(Object.entries(extra).map(([name, text]) => writeFile(dir.file(name), text)))
    return run(['-p', dir.path, '--pretty', 'false'])
  })
}

function run(args: readonly string[]): Promise<string> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [compiler, ...args], { cwd: ROOT }, (error, stdout, stderr) => {
      // A compiler that did not run says nothing on stdout, which must not pass for a clean tree.
      if (error !== null && stdout === '') reject(new Error(stderr, { cause: error }))
      else resolve(stdout)
    })
  })
}
