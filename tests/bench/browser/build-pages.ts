import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'
import { Problem } from '../../../scripts/lib/problem.mjs'
import { ROOT } from '../../../scripts/lib/paths.mjs'

const PAGES = join(ROOT, 'tests', 'bench', 'page')

/** The packages of the peer: many, so that they are none of this project's and are measured where somebody has them. */
const PEER_PACKAGES = ['react-markdown', 'remark-gfm', 'remark-math', 'rehype-katex', 'react', 'react-dom/client']

/** Builds the pages of the baselines into a folder. With `peers`, a folder with the peer's packages, its page as well. */
export async function buildPages(folder: string, peers: string | null): Promise<void> {
  if (peers !== null && !existsSync(join(peers, 'node_modules', 'react-markdown'))) {
    throw new Problem(`LATCHKEY_BENCH_PEERS names no folder with react-markdown in its node_modules: ${peers}`)
  }
  await build({
    configFile: false,
    root: PAGES,
    base: './',
    logLevel: 'error',
    plugins: peers === null ? [] : [packagesFrom(peers)],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: false,
      chunkSizeWarningLimit: 5_000,
      rolldownOptions: {
        input: ['limit', ...(peers === null ? [] : ['peer'])].map((page) => join(PAGES, `${page}.html`)),
      },
    },
  })
}

/** What is laid into the app's page before its own scripts, as one script. */
export async function buildAppStage(): Promise<string> {
  const result = (await build({
    configFile: false,
    root: PAGES,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: join(PAGES, 'app.ts'), output: { format: 'iife' } },
    },
  })) as Rolldown.RolldownOutput
  const [script] = result.output
  return script.code
}

function packagesFrom(folder: string): Plugin {
  return {
    name: 'peer-packages',
    enforce: 'pre',
    resolveId(id, importer) {
      const wanted = PEER_PACKAGES.includes(id) && importer?.startsWith(PAGES) === true
      return wanted ? this.resolve(id, join(folder, 'index.js'), { skipSelf: true }) : null
    },
  }
}
