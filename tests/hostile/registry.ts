/**
 * Every place where somebody else's text becomes part of the page: a model's, a provider's, or one out of a file. Each
 * row is mounted by `page/mounts.tsx`, which does not compile without it, and takes the payloads of `hostile.spec.ts`.
 * `architecture/foreign-text.test.ts` fails for a renderer file that draws Markdown or sets an address and is in no row.
 *
 * To join (attachments, imports, exports, a diagram): add a row with the files that draw the text, mount the real
 * component in `mounts.tsx` with the text where the foreign text goes (a file name, a title, a cell, a formula), and say
 * how it is judged. What makes files instead of elements (an export) mounts what a browser would make of the file. What
 * draws by a library of its own (a formula) gets rows of its own elements in `page/inspect.ts`, never a looser rule for all.
 */
export interface Place {
  readonly name: string
  /** What comes here from outside. */
  readonly foreign: string
  /** Files of src that turn it into elements. */
  readonly files: readonly string[]
  /**
   * How the elements are judged. `allowed`: only the elements and attributes of the list may come out. `unchanged`: the
   * same elements with the same attributes as for a harmless word, whatever the text.
   */
  readonly judged: 'allowed' | 'unchanged'
  /** It opens over the page, so that one at a time is shown, and fewer in all. */
  readonly alone?: boolean
}

export const PLACES = [
  {
    name: 'markdown',
    foreign: 'an answer',
    files: [
      'src/renderer/markdown/Markdown.tsx',
      'src/renderer/markdown/block.tsx',
      'src/renderer/markdown/inline.tsx',
      'src/renderer/markdown/table.tsx',
      'src/renderer/markdown/CodeBlock.tsx',
      'src/renderer/markdown/Code.tsx',
      'src/renderer/markdown/Link.tsx',
      'src/renderer/markdown/footnote-list.tsx',
      'src/renderer/markdown/NoteMark.tsx',
    ],
    judged: 'allowed',
  },
  {
    name: 'formula',
    foreign: 'TeX in an answer',
    files: [
      'src/renderer/markdown/math/Formula.tsx',
      'src/renderer/markdown/math/draw-formula.ts',
      'src/renderer/markdown/math/formula-drawer.ts',
    ],
    judged: 'allowed',
  },
  {
    name: 'answer',
    foreign: 'an answer, its thinking and the name of its model',
    files: ['src/renderer/features/chat/Answer.tsx'],
    judged: 'allowed',
  },
  {
    name: 'link',
    foreign: 'the address of a link and what it says of itself',
    files: ['src/renderer/app/OpenLinkDialog.tsx'],
    judged: 'allowed',
  },
  {
    name: 'link target',
    foreign: 'the host of a link',
    files: ['src/renderer/app/LinkTarget.tsx'],
    judged: 'unchanged',
  },
  { name: 'thinking', foreign: 'thinking', files: ['src/renderer/features/chat/Thinking.tsx'], judged: 'unchanged' },
  {
    name: 'question',
    foreign: 'a pasted text',
    files: ['src/renderer/features/chat/Question.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'failure',
    foreign: 'a provider’s error: its words, code and request id',
    files: ['src/renderer/features/chat/FailureRow.tsx', 'src/renderer/features/chat/FailureDetails.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'details',
    foreign: 'what a provider calls its model, response and request, and what it reports of them',
    files: ['src/renderer/features/chat/AnswerDetails.tsx', 'src/renderer/features/chat/AttemptDetails.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'rich text',
    foreign: 'an answer as HTML on the clipboard, as it would be pasted',
    files: ['src/renderer/markdown/rich-text.ts'],
    judged: 'allowed',
  },
  {
    name: 'waiting',
    foreign: 'the name of a model that is asked again',
    files: ['src/renderer/features/chat/Waiting.tsx', 'src/renderer/features/chat/Progress.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'header',
    foreign: 'a title a model wrote',
    files: ['src/renderer/features/chat/ConversationHeader.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'list',
    foreign: 'a title a model wrote',
    files: ['src/renderer/features/conversations/ConversationRow.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'left out',
    foreign: 'a title a model wrote',
    files: ['src/renderer/app/LeftOutNotice.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'deleted list',
    foreign: 'a title a model wrote',
    files: ['src/renderer/features/data/DeletedRow.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'title field',
    foreign: 'a title a model wrote',
    files: ['src/renderer/features/conversations/TitleField.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'model picker',
    foreign: 'a model’s id and name out of a provider’s list',
    files: ['src/renderer/features/models/ModelSelect.tsx', 'src/renderer/features/models/ModelOptionRow.tsx'],
    judged: 'unchanged',
    alone: true,
  },
  {
    name: 'calls',
    foreign: 'a model’s name and a title on the Spend page',
    files: ['src/renderer/features/spend/CallsTable.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'spend parts',
    foreign: 'a title, a model’s name or a key’s that is a part of spend',
    files: ['src/renderer/features/spend/Breakdown.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'spend table',
    foreign: 'the same among figures',
    files: ['src/renderer/features/spend/PartsTable.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'spend trail',
    foreign: 'the same on the way to the part that is shown',
    files: ['src/renderer/features/spend/Crumbs.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'call details',
    foreign: 'a model’s names, a key’s and what its provider reported',
    files: ['src/renderer/features/spend/CallDialog.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'budget',
    foreign: 'a title and a model’s name beside a limit and in its history',
    files: ['src/renderer/features/budgets/BudgetRow.tsx', 'src/renderer/features/budgets/HistoryList.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'prices',
    foreign: 'what a provider calls a model that has no price, or one of the user’s own',
    files: [
      'src/renderer/features/prices/UnpricedCalls.tsx',
      'src/renderer/features/prices/YourPrices.tsx',
      'src/renderer/features/prices/PriceTable.tsx',
      'src/renderer/features/prices/PriceRowDetails.tsx',
    ],
    judged: 'unchanged',
  },
  {
    name: 'network log',
    foreign: 'hosts and paths of requests',
    files: ['src/renderer/features/network/NetworkTable.tsx'],
    judged: 'unchanged',
  },
  {
    name: 'notice',
    foreign: 'whatever is put into a sentence of ours',
    files: ['src/renderer/ui/Notice.tsx'],
    judged: 'unchanged',
  },
] as const satisfies readonly Place[]

/** The name of a place. */
export type PlaceName = (typeof PLACES)[number]['name']
