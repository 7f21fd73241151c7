import { createHash } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Plugin } from 'vite'

/**
 * Writes `out/renderer-manifest.json`: the exact list of files the app scheme may serve, each with its SHA-256.
 * Source maps are left out: they lie beside the bundle for stack traces, and nobody needs to request them.
 */
export function rendererManifest(): Plugin {
  return {
    name: 'latchkey-renderer-manifest',
    apply: 'build',
    async writeBundle(options) {
      const root = options.dir
      if (root === undefined) throw new Error('the renderer bundle has no output folder')
      const manifest: Record<string, string> = {}
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || entry.name.endsWith('.map')) continue
        const file = join(entry.parentPath, entry.name)
        const path = `/${relative(root, file).split(sep).join('/')}`
        manifest[path] = createHash('sha256')
          .update(await readFile(file))
          .digest('hex')
      }
      await writeFile(join(root, '../renderer-manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    },
  }
}
