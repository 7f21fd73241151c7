/**
 * Who may import whom: the table of ARCHITECTURE.md, downward only. A place is a folder, or a module named without its
 * ending; the most specific row of a file holds, and its own place is always allowed. `*` stands for one name, the same
 * on both sides.
 */
export interface Row {
  readonly from: string
  readonly may: readonly string[]
  /** Places of which only types may be taken: `import type`, which leaves nothing in the build. */
  readonly mayTypes?: readonly string[]
}

const CORE = 'src/core'
const IPC = 'src/shared/ipc'
const PORTS = 'src/main/ports'
const LOG = 'src/main/log'
const LEAVES = [
  'src/main/storage',
  'src/main/providers',
  'src/main/catalog',
  'src/main/egress',
  'src/main/vault',
] as const

export const IMPORT_TABLE: readonly Row[] = [
  { from: CORE, may: [] },

  // The preload carries transport along, so it may load nothing at all.
  { from: `${IPC}/transport`, may: [], mayTypes: [CORE, IPC] },
  { from: `${IPC}/views`, may: [], mayTypes: [CORE, IPC] },
  { from: `${IPC}/events`, may: [], mayTypes: [CORE, IPC] },
  { from: `${IPC}/network-views`, may: [], mayTypes: [CORE, IPC] },
  { from: `${IPC}/spend-views`, may: [], mayTypes: [CORE, IPC] },
  { from: `${IPC}/price-views`, may: [], mayTypes: [CORE, IPC] },
  { from: `${IPC}/data-views`, may: [], mayTypes: [CORE, IPC] },
  { from: `${IPC}/turn-views`, may: [], mayTypes: [CORE, IPC] },
  { from: `${IPC}/detail-views`, may: [], mayTypes: [CORE, IPC] },
  { from: `${IPC}/vault-views`, may: [], mayTypes: [CORE, IPC] },
  { from: `${IPC}/budget-views`, may: [], mayTypes: [CORE, IPC] },
  { from: `${IPC}/budget-history-views`, may: [], mayTypes: [CORE, IPC] },
  // The patterns of ids are core's, and the contract's validators check them.
  { from: `${IPC}/inputs`, may: [CORE] },
  { from: `${IPC}/spend-requests`, may: [`${IPC}/inputs`], mayTypes: [IPC] },
  { from: `${IPC}/price-requests`, may: [`${IPC}/inputs`], mayTypes: [IPC] },
  {
    from: `${IPC}/contract`,
    may: [CORE, `${IPC}/inputs`, `${IPC}/spend-requests`, `${IPC}/price-requests`],
    mayTypes: [IPC],
  },

  { from: PORTS, may: [], mayTypes: [CORE] },
  // What a key looks like is core's to know.
  { from: LOG, may: [CORE] },
  // They do not know each other: what one needs of another is a port, or a service brings it.
  ...LEAVES.map((from) => ({ from, may: [CORE, PORTS, LOG] })),
  // Runs in a process of its own; only what starts that process knows it, everything else knows its port.
  { from: 'src/main/tokens', may: [CORE, PORTS, LOG] },
  { from: 'src/main/services', may: [...LEAVES, CORE, PORTS, LOG], mayTypes: [IPC] },
  { from: 'src/main/ipc', may: ['src/main/services', IPC, LOG] },
  {
    from: 'src/main/composition',
    may: [...LEAVES, 'src/main/services', 'src/main/ipc', PORTS, LOG, CORE],
    mayTypes: [IPC],
  },
  // The router's type is what ipc-host answers with.
  { from: 'src/main/electron', may: ['src/main/composition', PORTS, IPC, CORE], mayTypes: ['src/main/ipc'] },
  // A profile that cannot be opened is explained by the error storage throws.
  {
    from: 'src/main/electron/start-failure',
    may: ['src/main/composition', 'src/main/electron', PORTS, 'src/main/storage/database'],
  },
  { from: 'src/main/electron/token-process', may: ['src/main/tokens/token-counter', PORTS] },
  {
    from: 'src/main/index',
    // The environment is cleaned, and what was deleted is gone, before anything else is loaded or built.
    may: [
      'src/main/composition',
      'src/main/electron',
      PORTS,
      IPC,
      CORE,
      'src/main/egress/environment',
      'src/main/storage/erase',
    ],
    mayTypes: ['src/main/ipc'],
  },

  { from: 'src/preload', may: [`${IPC}/transport`] },

  { from: 'src/renderer/styles', may: [] },
  { from: 'src/renderer/lib', may: [CORE], mayTypes: [IPC] },
  { from: 'src/renderer/bridge', may: [], mayTypes: [IPC] },
  // Names of core's things, for props; what they mean is put into words in lib.
  { from: 'src/renderer/ui', may: ['src/renderer/lib'], mayTypes: [CORE] },
  { from: 'src/renderer/markdown', may: ['src/renderer/lib', 'src/renderer/ui', CORE] },
  // Never a sibling: what two features share moves down, what joins them moves up to app.
  {
    from: 'src/renderer/features/*',
    may: ['src/renderer/bridge', 'src/renderer/ui', 'src/renderer/lib', 'src/renderer/markdown', CORE],
    mayTypes: [IPC],
  },
  { from: 'src/renderer/app', may: ['src/renderer', CORE], mayTypes: [IPC] },
]

/** Which package may be imported where. A package that is not in the list may be imported nowhere. */
export interface PackageRow {
  /** The specifier; `/*` at the end takes in everything below it. */
  readonly name: string
  readonly where: readonly string[]
}

export const PACKAGE_TABLE: readonly PackageRow[] = [
  { name: 'electron', where: ['src/main/electron', 'src/main/index', 'src/preload'] },
  { name: 'better-sqlite3', where: ['src/main/storage'] },
  // The small build of zod, and only where something from outside is checked.
  {
    name: 'zod/mini',
    where: [
      `${IPC}/contract`,
      `${IPC}/spend-requests`,
      `${IPC}/price-requests`,
      `${IPC}/inputs`,
      'src/main/ipc',
      'src/main/vault',
    ],
  },
  { name: '@anthropic-ai/sdk', where: ['src/main/providers/anthropic'] },
  { name: 'openai', where: ['src/main/providers/openai', 'src/main/providers/openai-compatible'] },
  { name: '@google/generative-ai', where: ['src/main/providers/google'] },
  // One vocabulary of the many it has; two megabytes, which nothing but the counting process may load.
  { name: 'gpt-tokenizer/encoding/o200k_base', where: ['src/main/tokens/count-text'] },
  { name: 'react', where: ['src/renderer'] },
  { name: 'react-dom/client', where: ['src/renderer/app'] },
  { name: '@base-ui/react/*', where: ['src/renderer'] },
  { name: 'lucide-react', where: ['src/renderer'] },
  // Without its middleware: `persist` writes to the browser's stores.
  { name: 'marked', where: ['src/renderer/markdown'] },
  // Forty grammars, which nothing but the worker may load.
  { name: 'lowlight', where: ['src/renderer/markdown/highlight/highlighter'] },
  { name: 'katex', where: ['src/renderer/markdown/math/draw-formula'] },
  { name: 'katex/dist/katex.min.css', where: ['src/renderer/markdown/math/Formula'] },
  { name: 'remend', where: ['src/renderer/markdown/repair'] },
  { name: 'zustand', where: ['src/renderer'] },
  { name: 'zustand/vanilla', where: ['src/renderer'] },
  { name: 'node:*', where: ['src/main'] },
]
