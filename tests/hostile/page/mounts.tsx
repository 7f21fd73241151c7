import type { ReactElement } from 'react'
import { failure } from '../../../src/core/failure'
import { LinkFacts } from '../../../src/renderer/app/OpenLinkDialog'
import { LeftOutNotice } from '../../../src/renderer/app/LeftOutNotice'
import { LinkTarget } from '../../../src/renderer/app/LinkTarget'
import { linkActs } from '../../../src/renderer/app/link-store'
import { BudgetRow } from '../../../src/renderer/features/budgets/BudgetRow'
import { HistoryList } from '../../../src/renderer/features/budgets/HistoryList'
import { Answer } from '../../../src/renderer/features/chat/Answer'
import { DetailsBody } from '../../../src/renderer/features/chat/AnswerDetails'
import type { AnswerActs } from '../../../src/renderer/features/chat/answer-acts'
import { ConversationHeader } from '../../../src/renderer/features/chat/ConversationHeader'
import { FailureRow } from '../../../src/renderer/features/chat/FailureRow'
import { Question } from '../../../src/renderer/features/chat/Question'
import { Thinking } from '../../../src/renderer/features/chat/Thinking'
import { Waiting } from '../../../src/renderer/features/chat/Waiting'
import { ConversationRow } from '../../../src/renderer/features/conversations/ConversationRow'
import { DeletedRow } from '../../../src/renderer/features/data/DeletedRow'
import { TitleField } from '../../../src/renderer/features/conversations/TitleField'
import { ModelSelect } from '../../../src/renderer/features/models/ModelSelect'
import { optionsOf } from '../../../src/renderer/features/models/options'
import { NetworkTable } from '../../../src/renderer/features/network/NetworkTable'
import { PriceTable } from '../../../src/renderer/features/prices/PriceTable'
import { UnpricedCalls } from '../../../src/renderer/features/prices/UnpricedCalls'
import { YourPrices } from '../../../src/renderer/features/prices/YourPrices'
import { Breakdown } from '../../../src/renderer/features/spend/Breakdown'
import { CallFacts } from '../../../src/renderer/features/spend/CallDialog'
import { CallsTable } from '../../../src/renderer/features/spend/CallsTable'
import { Crumbs } from '../../../src/renderer/features/spend/Crumbs'
import { drilled, placeOf } from '../../../src/renderer/features/spend/spend-view'
import type { CallView } from '../../../src/shared/ipc/spend-views'
import type { LinkActs } from '../../../src/renderer/markdown/link-acts'
import { safeLink } from '../../../src/renderer/markdown/link-policy'
import { Markdown } from '../../../src/renderer/markdown/Markdown'
import { richText } from '../../../src/renderer/markdown/rich-text'
import { Formula } from '../../../src/renderer/markdown/math/Formula'
import { Notice } from '../../../src/renderer/ui/Notice'
import { attempt, details } from '../../renderer/detail-views'
import { ownRow, priceRow, unpriced } from '../../renderer/price-views'
import { answer, budget, connection, cost, idOf, model, question } from '../../renderer/views'
import type { PlaceName } from '../registry'

/** Draws the real component of a place with `text` where the foreign text goes. */
export type Mount = (text: string, streaming: boolean, links: LinkActs) => ReactElement

const nothing = (): undefined => undefined

function partsOf(text: string) {
  const part = { key: idOf('conversation', 1), name: text, provider: 'anthropic', spend: cost('1') } as const
  return {
    id: 'parts',
    title: 'By conversation',
    by: 'conversation',
    groups: [{ ...part, callCount: 1, messages: 1, lastMs: 0 }],
    empty: '',
    more: '',
    onOpen: nothing,
  } as const
}

function callOf(text: string): CallView {
  return {
    id: idOf('call', 1),
    conversationId: idOf('conversation', 1),
    conversationTitle: text,
    provider: 'anthropic',
    connectionId: idOf('connection', 1),
    connectionLabel: text,
    purpose: 'answer',
    modelId: text,
    unpricedModel: null,
    model: text,
    startedMs: 0,
    state: 'done',
    cost: cost('1'),
    usageFlags: [],
    automatic: false,
    isPrivate: false,
    cacheSaved: null,
  }
}

function actsWith(links: LinkActs): AnswerActs {
  return {
    connectionLabel: () => 'Key',
    retry: nothing,
    retryWith: nothing,
    goOn: nothing,
    showBranch: nothing,
    Editor: () => null,
    quote: nothing,
    retryNow: nothing,
    stop: nothing,
    replaceKey: nothing,
    links,
    openPage: nothing,
    openKeys: nothing,
    showPrice: nothing,
    raiseLimit: nothing,
    newConversation: nothing,
    chooseModel: nothing,
  }
}

/**
 * Parses HTML as whoever it is pasted into, past the policy that keeps this page from doing so: with Chromium's own
 * sanitizer, which has nothing to take out unless something is wrong.
 */
function paste(element: HTMLElement & { setHTML?: (html: string, options: object) => void }, html: string): void {
  element.setHTML?.(html, { sanitizer: {} })
  const plain = (markup: string) =>
    markup.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('\u00A0', '&nbsp;')
  if (plain(element.innerHTML) !== plain(html)) element.setAttribute('data-taken-out', '')
}

let questions = 0

/** One mount for every place of the registry. */
export const MOUNTS: Readonly<Record<PlaceName, Mount>> = {
  markdown: (text, streaming, links) => <Markdown text={text} streaming={streaming} links={links} />,

  formula: (text) => (
    <>
      <Formula tex={text} display={false} raw={text} />
      <Formula tex={`\\text{${text}}`} display raw={text} />
    </>
  ),

  answer: (text, streaming, links) => (
    <Answer
      message={answer(1, '', {
        parts: [
          { type: 'reasoning', text, proof: null },
          { type: 'text', text },
        ],
        state: streaming ? 'streaming' : 'complete',
        model: text,
        modelName: text,
      })}
      last
      waiting={null}
      fresh
      acts={actsWith(links)}
    />
  ),

  link: (text) => (
    <LinkFacts
      asked={{ link: safeLink(text) ?? { url: 'https://example.com/', leadsTo: 'example.com' }, text, by: 'model' }}
    />
  ),

  'link target': (text) => {
    // What the corner shows is what the link policy made of an address; here it is given the text itself.
    linkActs.point({ url: 'https://example.com/', leadsTo: text })
    return <LinkTarget />
  },

  thinking: (text, streaming) => <Thinking text={text} active={streaming} thought={null} />,

  question: (text, _streaming, links) => (
    // A message of its own each time: one whose Edit was pressed stays open, wherever it is drawn.
    <Question message={question((questions += 1), text)} number={1} acts={actsWith(links)} />
  ),

  failure: (text, _streaming, links) => (
    <FailureRow
      message={answer(1, 'a', { state: 'failed', modelName: text, model: text })}
      failure={failure('model_not_found', { status: 404, providerCode: text, detail: text, requestId: text })}
      last
      fresh
      acts={actsWith(links)}
    />
  ),

  details: (text) => (
    <DetailsBody
      onPrice={nothing}
      view={details({
        model: text,
        modelName: text,
        attempts: [
          attempt({
            modelAsked: text,
            modelAnswered: text,
            responseId: text,
            requestId: text,
            report: text,
            failure: { code: 'server', status: 500 },
            state: 'failed',
          }),
        ],
      })}
    />
  ),

  // As the document it is pasted into would parse it. A click there is its reader's own.
  'rich text': (text) => (
    <div
      data-copied=""
      onClickCapture={(event) => event.preventDefault()}
      onAuxClickCapture={(event) => event.preventDefault()}
      ref={(element) => {
        if (element !== null) paste(element, richText(text))
      }}
    />
  ),

  waiting: (text, _streaming, links) => (
    <Waiting
      message={answer(1, '', { modelName: text })}
      waiting={{ attempt: 2, untilMs: 0, failure: failure('overloaded', { detail: text, providerCode: text }) }}
      acts={actsWith(links)}
    />
  ),

  header: (text) => (
    <ConversationHeader title={text} spend={cost('1')}>
      {null}
    </ConversationHeader>
  ),

  list: (text) => (
    <ConversationRow
      conversation={{ id: idOf('conversation', 1), title: text, updatedMs: 0, running: true, isPrivate: false }}
      current={false}
      onOpen={nothing}
      onDelete={nothing}
      onFocus={nothing}
    />
  ),

  'left out': (text) => <LeftOutNotice title={text} onOpen={nothing} onDismiss={nothing} />,

  'deleted list': (text) => (
    <DeletedRow
      conversation={{
        id: idOf('conversation', 1),
        title: text,
        isPrivate: false,
        deletedMs: 0,
        goes: { when: 'in_days', days: 30 },
      }}
      nowMs={0}
      onRestore={nothing}
      onDelete={nothing}
    />
  ),

  'title field': (text) => <TitleField title={text} onDone={nothing} />,

  'model picker': (text) => {
    const own = connection(1, { label: text })
    const options = optionsOf([own], [{ connectionId: own.id, models: [model('m', { name: text })], checkedMs: 0 }])
    return (
      <ModelSelect
        options={options}
        value={options[0] ?? null}
        fallbackName={text}
        onChange={nothing}
        onSetPrice={nothing}
        open
        onOpen={nothing}
        estimates={new Map()}
        cache={null}
        limits={{ short: () => '', long: () => '' }}
      />
    )
  },

  'spend parts': (text) => <Breakdown {...partsOf(text)} />,

  'spend table': (text) => <Breakdown {...partsOf(text)} first="table" />,

  'spend trail': (text) => {
    const top = placeOf('month', { from: '2026-11-01', to: '2026-11-30' })
    const part = drilled(drilled(top, 'model', text, text), 'conversation', idOf('conversation', 1), text)
    return <Crumbs place={part} canBack onBack={nothing} onGo={nothing} />
  },

  'call details': (text) => (
    <CallFacts
      onPrice={() => undefined}
      call={{
        ...callOf(text),
        keyId: idOf('key', 1),
        keyLabel: text,
        modelAnswered: `${text}.`,
        localDay: '2026-11-23',
        utcDay: '2026-11-23',
        utcOffsetMinutes: 0,
        firstByteMs: null,
        endedMs: null,
        responseId: null,
        failureCode: null,
        lines: [],
        usageText: text,
        message: null,
        attempts: [],
      }}
    />
  ),

  calls: (text) => (
    <CallsTable
      calls={[callOf(text)]}
      modelName={(id) => id}
      onOpenConversation={nothing}
      onOpenCall={nothing}
      pricing={{ can: () => false, ask: nothing }}
    />
  ),

  prices: (text, _, links) => {
    const row = priceRow({ model: text, modelName: text, note: text, aliases: [text] })
    const own = { ...row, id: 'own/prc_1', own: ownRow() }
    const shared = { atMs: 0, links, open: null, onOpen: nothing, target: null }
    return (
      <>
        <UnpricedCalls
          unpriced={[unpriced({ model: text, modelName: text, connectionLabel: text })]}
          onSetPrice={nothing}
          onCalls={nothing}
        />
        <YourPrices
          own={[own]}
          rows={[row]}
          {...shared}
          connectionName={() => text}
          onTarget={nothing}
          onRemove={nothing}
        />
        <PriceTable rows={[row]} {...shared} open={row.id} target={null} notesOf={() => [text]} actsOf={() => null} />
      </>
    )
  },

  budget: (text) => {
    const conversationId = idOf('conversation', 1)
    const limited = budget({ scope: { kind: 'conversation', conversationId }, period: 'total' })
    const names = { month: '2026-11', connections: [connection(1, { label: text })], conversationTitle: () => text }
    const { id, scope, period, limit, steps } = limited
    const past = { id, scope, period, limit, steps }
    const call = { id: idOf('call', 1), conversationId, modelName: text, running: false, cost: cost('1') }
    const allowed = { kind: 'allowed', budget: past, percent: 100, left: '1', most: '2', call } as const
    return (
      <>
        <BudgetRow
          budget={limited}
          names={names}
          onEdit={nothing}
          onPause={nothing}
          onResume={nothing}
          onHistory={nothing}
          onRemove={nothing}
        />
        <HistoryList
          label={text}
          events={[{ seq: 1, atMs: 0, by: 'user', ...allowed }]}
          named
          names={names}
          nowMs={0}
        />
      </>
    )
  },

  'network log': (text) => (
    <NetworkTable
      rows={[
        {
          id: idOf('request', 1),
          atMs: 0,
          host: text,
          method: 'POST',
          path: text,
          purpose: 'answer',
          status: 200,
          outcome: 'done',
          bytesUp: 1,
          bytesDown: 1,
          keyLabel: text,
        },
      ]}
    />
  ),

  notice: (text) => (
    <Notice kind="danger" title={text} details={text}>
      {text}
    </Notice>
  ),
}
