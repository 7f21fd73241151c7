import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { rendererManifest } from './build/renderer-manifest'
import { woff2Only } from './build/woff2-only'

// Output: out/main/index.js and token-process.js (ESM), out/preload/index.cjs, out/renderer/. `dependencies` stay
// external (better-sqlite3 alone), everything else is bundled.
export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      // The second is a process of its own, started when there is something to count.
      rolldownOptions: { input: { index: 'src/main/index.ts', 'token-process': 'src/main/tokens/token-process.ts' } },
    },
  },
  preload: {
    build: {
      sourcemap: true,
      externalizeDeps: false,
      // A sandboxed preload cannot load an ES module, which `"type": "module"` would otherwise make it.
      rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    plugins: [react(), woff2Only(), rendererManifest()],
    build: {
      sourcemap: true,
      minify: true,
      // No data: URLs, which `font-src 'self'` would refuse, and nothing that puts links of its own into the page.
      assetsInlineLimit: 0,
      modulePreload: false,
    },
  },
})
