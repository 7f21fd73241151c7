import * as z from 'zod/mini'
import { CACHE_CHOICES } from '../../core/caching'
import type { ConnectionId, ConversationId, MessageId, TurnId } from '../../core/ids'
import { REMIND_MONTHS } from '../../core/key-limit'
import { REQUEST_PURPOSES } from '../../core/request-purpose'
import { DELETE_EVERYTHING } from '../../core/retention'
import type { BudgetHistoryView } from './budget-history-views'
import type {
  ConversationRetentionView,
  DataView,
  DeletedEverythingView,
  DeletedListView,
  PurgedView,
  RetentionPreviewView,
} from './data-views'
import type { SavedView } from './spend-views'
import type { MessageDetailsView } from './detail-views'
import type { NetworkExportView, NetworkPageView } from './network-views'
import { priceRequests } from './price-requests'
import { spendRequests } from './spend-requests'
import type { StartedTurn } from './turn-views'
import type {
  AppView,
  BudgetView,
  CheckView,
  ConnectionView,
  ConversationSummary,
  ConversationView,
  KeyCheckView,
  KeyView,
  LedgerProofView,
  PathPartView,
  RebuiltView,
  SettingsView,
  VaultView,
} from './views'
import {
  MAX_TEXT,
  MOST_AT_ONCE,
  MAX_PASSPHRASE,
  MIN_PASSPHRASE,
  id,
  text,
  line,
  trimmedLine,
  model,
  provider,
  label,
  url,
  key,
  keep,
  passphrase,
  day,
  retention,
  budget,
  loopRule,
  allow,
  earlierKeys,
  editOf,
  allowLoop,
  unasked,
  nothing,
  answering,
} from './inputs'

// The one table of what may be said between the window and the main process. Add a row here and a handler in
// main/ipc/handlers.ts, which will not compile without it; nothing else changes.

export const requests = {
  /** Everything the window needs to draw itself, once at start and after a reload. */
  'app.open': answering<AppView>().with(nothing),

  'conversation.list': answering<readonly ConversationSummary[]>().with(nothing),
  'conversation.open': answering<ConversationView>().with(
    z.strictObject({
      conversationId: id('conversation'),
      /** The part begins with this message or before it, where it is on the branch that is shown. */
      from: z.optional(id('message')),
      unasked: unasked(),
    }),
  ),
  /** The last messages of the same branch before `before`: a page of them, or as many as `most`. */
  'conversation.older': answering<PathPartView>().with(
    z.strictObject({
      conversationId: id('conversation'),
      before: id('message'),
      most: z.optional(z.int().check(z.minimum(1), z.maximum(MOST_AT_ONCE))),
    }),
  ),
  'conversation.rename': answering<null>().with(
    z.strictObject({
      conversationId: id('conversation'),
      title: trimmedLine(200),
    }),
  ),
  /** The page is about to show it, or with null something else. Nothing of it is kept while the page lives. */
  'conversation.shows': answering<null>().with(
    z.strictObject({ conversationId: z.nullable(id('conversation')), unasked: unasked() }),
  ),
  /** The conversation that was left out at the start could be drawn, or nobody wants to be told of it any more. */
  'conversation.forgetLeftOut': answering<null>().with(z.strictObject({ unasked: unasked() })),
  /** Out of sight for 30 days, and back with `restore`; what it cost stays in the month either way. */
  'conversation.delete': answering<null>().with(z.strictObject({ conversationId: id('conversation') })),
  'conversation.restore': answering<null>().with(z.strictObject({ conversationId: id('conversation') })),
  /**
   * Shows the branch this message is on, to the end that was shown last. The conversation is not newer for it. Refused while
   * an answer runs there. `from`: the first message its reader has, so that nothing above is lost to them.
   */
  'conversation.showBranch': answering<ConversationView>().with(
    z.strictObject({ conversationId: id('conversation'), messageId: id('message'), from: z.optional(id('message')) }),
  ),
  /** What was deleted and can be had back. */
  'conversation.deleted': answering<DeletedListView>().with(nothing),
  /** Takes one of these away before its time. Refused for one that was not deleted. */
  'conversation.deleteForGood': answering<null>().with(z.strictObject({ conversationId: id('conversation') })),
  /** Which model the next message of a conversation goes to. */
  'conversation.setModel': answering<null>().with(
    z.strictObject({ conversationId: id('conversation'), connectionId: id('connection'), model: model() }),
  ),

  /** Whether the prompts of a conversation are cached, and for how long. */
  'conversation.setCaching': answering<null>().with(
    z.strictObject({ conversationId: id('conversation'), caching: z.literal(CACHE_CHOICES) }),
  ),

  /** How long this one is kept; null for as long as everything. A private one is always gone at quit. */
  'conversation.setRetention': answering<ConversationRetentionView>().with(
    z.strictObject({ conversationId: id('conversation'), retention: z.nullable(retention()) }),
  ),

  /** What is known of how an answer came about and what it cost, attempt by attempt. Sends nothing. */
  'message.details': answering<MessageDetailsView>().with(z.strictObject({ messageId: id('message') })),

  /** Sends a message; a null conversation begins a new one. Answered at once, the answer follows as events. */
  'turn.start': answering<StartedTurn>().with(
    z.strictObject({
      conversationId: z.nullable(id('conversation')),
      connectionId: id('connection'),
      model: model(),
      text: text(MAX_TEXT),
      /** A message of the user's own, of which this becomes another version; else it follows what is shown. */
      editOf: editOf(),
      allow: allow(),
      /** A key in the text was seen, and is meant to go out. */
      allowSecret: z.optional(z.boolean()),
      earlierKeys: earlierKeys(),
      /** It is not what stands in the draft, which waits on; nor is the version of an earlier one. */
      besideDraft: z.optional(z.boolean()),
      allowLoop: allowLoop(),
      /** Only of a conversation that begins with it: its content is never written to disk, and gone at quit. */
      private: z.optional(z.boolean()),
    }),
  ),
  /**
   * Asks the same question again; the earlier answer stays, and stays booked. `to`: another model, for this answer alone.
   */
  'turn.retry': answering<StartedTurn>().with(
    z.strictObject({
      turnId: id('turn'),
      to: z.optional(z.strictObject({ connectionId: id('connection'), model: model() })),
      allow: allow(),
      earlierKeys: earlierKeys(),
      allowLoop: allowLoop(),
    }),
  ),
  /** Ends the pause before an automatic retry; without one it changes nothing. */
  'turn.retryNow': answering<null>().with(z.strictObject({ turnId: id('turn') })),
  'turn.stop': answering<null>().with(z.strictObject({ turnId: id('turn') })),
  /** The window shows a running answer up to this event; further text is joined until it says so. */
  'turn.seen': answering<null>().with(
    z.strictObject({ turnId: id('turn'), seq: z.int().check(z.positive()), unasked: unasked() }),
  ),

  /**
   * What is written and not sent yet, so that it outlives a kill; empty to forget it. Private ones and those with a key in
   * them are not kept, and nothing is said of that.
   */
  'draft.keep': answering<null>().with(
    z.strictObject({ conversationId: z.nullable(id('conversation')), text: z.string().check(z.maxLength(MAX_TEXT)) }),
  ),

  'budget.list': answering<readonly BudgetView[]>().with(z.strictObject({ unasked: unasked() })),
  /** Sets the limit of a scope and period; another one of the same scope and period gives way to it. */
  'budget.set': answering<BudgetView>().with(budget()),
  'budget.remove': answering<null>().with(z.strictObject({ budgetId: id('budget') })),
  /** It goes on counting and stops nothing: until it is resumed, today, or to the end of a local day. */
  'budget.pause': answering<BudgetView>().with(
    z.strictObject({ budgetId: id('budget'), until: z.union([z.literal(['resumed', 'today']), day()]) }),
  ),
  'budget.resume': answering<BudgetView>().with(z.strictObject({ budgetId: id('budget') })),
  /** What was decided about a budget, or about all there ever were; newest first, 50 at a time. */
  'budget.history': answering<BudgetHistoryView>().with(
    z.strictObject({ budgetId: z.nullable(id('budget')), before: z.nullable(z.int().check(z.positive())) }),
  ),

  /** The same as a file, where its user says. */
  'budget.saveHistory': answering<SavedView>().with(
    z.strictObject({ budgetId: z.nullable(id('budget')), format: z.literal(['csv', 'json']) }),
  ),

  'connection.add': answering<ConnectionView>().with(
    z.strictObject({ provider: provider(), label: label(), baseUrl: z.nullable(url()) }),
  ),
  /** A base URL on another origin drops the key: it was entered for the old one. */
  'connection.update': answering<ConnectionView>().with(
    z.strictObject({ connectionId: id('connection'), label: label(), baseUrl: z.nullable(url()) }),
  ),

  /** Removes a connection and its key. Conversations stay; what was spent over it stays in the ledger. */
  'connection.remove': answering<null>().with(z.strictObject({ connectionId: id('connection') })),
  /** Asks the provider for its models, which costs nothing and tells whether the key is accepted. */
  'connection.check': answering<CheckView>().with(z.strictObject({ connectionId: id('connection') })),

  /** Whether its other keys are asked, in their order, when one is rejected, has no credit or is rate limited. */
  'connection.setFailover': answering<ConnectionView>().with(
    z.strictObject({ connectionId: id('connection'), on: z.boolean() }),
  ),

  // The only three messages that ever carry a key, and only towards the vault. Where a key is not named, the one its
  // connection uses is meant.
  'key.set': answering<KeyView>().with(z.strictObject({ connectionId: id('connection'), key: key(), keep: keep() })),
  'key.replace': answering<KeyView>().with(
    z.strictObject({ connectionId: id('connection'), keyId: z.optional(id('key')), key: key(), keep: keep() }),
  ),
  /** One more key of the same connection, asked after the others. */
  'key.add': answering<ConnectionView>().with(
    z.strictObject({ connectionId: id('connection'), key: key(), keep: keep() }),
  ),
  /** All keys of a connection in the order in which they are asked; the first is the one it uses. */
  'key.order': answering<ConnectionView>().with(
    z.strictObject({
      connectionId: id('connection'),
      keyIds: z.array(id('key')).check(z.minLength(1), z.maxLength(50)),
    }),
  ),
  /** Takes back a key that is being entered; what was the connection's before stays. Too late once it is kept. */
  'key.cancel': answering<{ readonly cancelled: boolean }>().with(z.strictObject({ connectionId: id('connection') })),
  /** What the user says of a key, all of it; `expires` is its last local day. */
  'key.describe': answering<KeyView>().with(
    z.strictObject({
      connectionId: id('connection'),
      keyId: z.optional(id('key')),
      label: z.nullable(label()),
      expires: z.nullable(day()),
      remindMonths: z.nullable(z.literal(REMIND_MONTHS)),
    }),
  ),
  /** Asks the provider what the key may spend, where it tells; free, and never done unasked. */
  'key.checkLimit': answering<KeyCheckView>().with(
    z.strictObject({ connectionId: id('connection'), keyId: z.optional(id('key')) }),
  ),
  'key.remove': answering<ConnectionView>().with(
    z.strictObject({ connectionId: id('connection'), keyId: z.optional(id('key')) }),
  ),
  'key.status': answering<{ readonly vault: VaultView; readonly connections: readonly ConnectionView[] }>().with(
    z.strictObject({ unasked: unasked() }),
  ),
  /** Empties the clipboard if it still holds the key that was entered last, within ten minutes. */
  'clipboard.clearIf': answering<{ readonly cleared: boolean }>().with(nothing),

  /** Asks the keychain once more. */
  'vault.retry': answering<VaultView>().with(nothing),
  /** In the place of another passphrase only with that one as `current`. */
  'vault.setPassphrase': answering<VaultView>().with(
    z.strictObject({
      passphrase: z.string().check(z.minLength(MIN_PASSPHRASE), z.maxLength(MAX_PASSPHRASE)),
      current: z.optional(passphrase()),
    }),
  ),
  'vault.removePassphrase': answering<VaultView>().with(z.strictObject({ passphrase: passphrase() })),
  /** Takes back a passphrase that is being set, changed or removed. */
  'vault.cancelPassphrase': answering<{ readonly cancelled: boolean }>().with(nothing),
  'vault.unlock': answering<VaultView>().with(z.strictObject({ passphrase: passphrase() })),
  'vault.lock': answering<VaultView>().with(nothing),
  /** Removes the passphrase and every key that only it opens. */
  'vault.forgetPassphrase': answering<VaultView>().with(nothing),

  'settings.setTheme': answering<SettingsView>().with(
    z.strictObject({ theme: z.literal(['system', 'light', 'dark']) }),
  ),
  'settings.setStopMode': answering<SettingsView>().with(z.strictObject({ stopMode: z.literal(['end', 'count']) })),
  'settings.setBudgetDays': answering<SettingsView>().with(z.strictObject({ budgetDays: z.literal(['local', 'utc']) })),
  'settings.setBackground': answering<SettingsView>().with(
    z.strictObject({ purpose: z.literal(['titles', 'retries', 'keyChecks', 'lateCosts']), on: z.boolean() }),
  ),
  'settings.setFavourite': answering<SettingsView>().with(
    z.strictObject({ provider: provider(), model: model(), favourite: z.boolean() }),
  ),

  'settings.setAskAbove': answering<SettingsView>().with(
    z.strictObject({ askAbove: z.literal(['never', 'usd0.10', 'usd1', 'usd5']) }),
  ),
  /** After how many requests, or how much money, within how many minutes the next one is asked about. */
  'settings.setLoop': answering<SettingsView>().with(loopRule()),
  'settings.setSendKey': answering<SettingsView>().with(z.strictObject({ sendKey: z.literal(['enter', 'mod_enter']) })),
  'settings.setLockAfter': answering<SettingsView>().with(z.strictObject({ minutes: z.literal([0, 5, 15, 60]) })),

  /** How long conversations are kept that have no time of their own. What is due goes at once. */
  'settings.setRetention': answering<SettingsView>().with(z.strictObject({ retention: retention() })),
  /** What that would delete, and when. Changes nothing. */
  'retention.preview': answering<RetentionPreviewView>().with(z.strictObject({ retention: retention() })),

  /** What is kept, and what deleting would take away. Changes nothing. */
  'data.look': answering<DataView>().with(nothing),
  /** Deletes what is out of sight already: deleted conversations, those past their time, and copies that hold them. */
  'data.purge': answering<PurgedView>().with(nothing),
  /** Deletes everything there is, keys and spend included. Every later request but `app.restart` is refused. */
  'data.deleteEverything': answering<DeletedEverythingView>().with(
    z.strictObject({ confirm: z.literal(DELETE_EVERYTHING) }),
  ),
  /** Ends the app and starts it anew. */
  'app.restart': answering<null>().with(nothing),

  /** How requests leave: whom to trust, and through what. */
  'settings.setNetwork': answering<SettingsView>().with(
    z.strictObject({ systemCertificates: z.boolean(), proxy: z.nullable(url()) }),
  ),

  /** What left, newest first and a page at a time. Sends nothing. */
  'network.list': answering<NetworkPageView>().with(
    z.strictObject({
      before: z.nullable(id('request')),
      host: z.nullable(line(300)),
      purpose: z.nullable(z.literal(REQUEST_PURPOSES)),
    }),
  ),
  /** Empties the log of requests; what they cost stays in the ledger. */
  'network.clear': answering<null>().with(nothing),
  'network.export': answering<NetworkExportView>().with(z.strictObject({ format: z.literal(['csv', 'json']) })),

  ...spendRequests,

  ...priceRequests,

  /** Checks that every entry is what was booked, and every sum the sum of its entries. */
  'ledger.verify': answering<LedgerProofView>().with(nothing),
  /** Writes every sum anew that is not the sum of its entries, all at once or not at all; the ledger itself never. */
  'ledger.rebuild': answering<RebuiltView>().with(nothing),
  /** Ends what verifies or rebuilds now. It has changed nothing then. */
  'ledger.cancel': answering<null>().with(nothing),

  /** Opens an https, http or mailto link in the user's own browser. */
  'link.open': answering<null>().with(z.strictObject({ url: url() })),
} as const

type Requests = typeof requests

/** Each request's input as the page writes it, and its answer. */
export type RequestTable = {
  readonly [Name in keyof Requests]: {
    readonly input: z.input<Requests[Name]['input']>
    readonly parsed: z.output<Requests[Name]['input']>
    readonly answer: AnswerOf<Requests[Name]>
  }
}

type AnswerOf<Row> = Row extends { answer?: infer Value } ? Exclude<Value, undefined> : never

/** Makes the ids the contract names visible to its readers without importing core. */
export type { ConnectionId, ConversationId, MessageId, TurnId }
export type { StartedTurn }
