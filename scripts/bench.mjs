/**
 * `npm run bench [-- NAME... --json]`: measures against baselines of the same run. `npm run --silent bench -- --json` prints
 * one JSON array and nothing else. See docs/performance.md.
 */
import './lib/refuse-ancient-node.mjs'
import { runTool } from './lib/tool.mjs'

await runTool('bench', ['tests', 'bench', 'main.ts'])
