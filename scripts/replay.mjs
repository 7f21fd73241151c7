/**
 * `npm run replay -- FILE...`: recorded provider traffic through the real SDK, adapter and ledger, for anyone who doubts a
 * bill. `npm run --silent replay -- --json FILE...` prints one JSON array and nothing else. See docs/prices.md.
 */
import './lib/refuse-ancient-node.mjs'
import { runTool } from './lib/tool.mjs'

// Files are meant from where npm was called, which it says here.
await runTool('replay', ['tests', 'replay', 'main.ts'], { INIT_CWD: process.env['INIT_CWD'] ?? process.cwd() })
