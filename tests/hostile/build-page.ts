import { join } from 'node:path'
import type { UserConfig } from 'vite'
import { build } from 'vite'
import appConfig from '../../electron.vite.config'

const PAGE = join(import.meta.dirname, 'page')

/** Builds the attacked page and its control as the app's own page is built, into `folder`. */
export async function buildPage(folder: string): Promise<void> {
  const { renderer } = appConfig as { renderer: UserConfig }
  await build({
    configFile: false,
    root: PAGE,
    base: './',
    logLevel: 'error',
    // All but the one that lists the app's own files.
    plugins: (renderer.plugins ?? []).filter(
      (plugin) => !(typeof plugin === 'object' && plugin !== null && 'name' in plugin && /manifest/.test(plugin.name)),
    ),
    build: {
      ...renderer.build,
      sourcemap: false,
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { input: { index: join(PAGE, 'index.html'), control: join(PAGE, 'control.html') } },
    },
  })
}
