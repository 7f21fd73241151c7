import { ArrowLeft, PanelLeft } from 'lucide-react'
import { Activity, lazy, Suspense, useCallback, useRef, useState } from 'react'
import type { ConnectionId, ConversationId, MessageId } from '../../core/ids'
import { Budgets } from '../features/budgets/Budgets'
import { useBudgets } from '../features/budgets/budgets-store'
import { chatStore } from '../features/chat/chat-store'
import { conversationActs } from '../features/conversations/conversation-acts'
import { useConversations } from '../features/conversations/conversations-store'
import { DeletedPage } from '../features/data/DeletedPage'
import { nameOf, useModels } from '../features/models/models-store'
import { connectionName } from '../features/models/options'
import { NetworkPage } from '../features/network/NetworkPage'
import { PriceDialog } from '../features/prices/PriceDialog'
import { savingStore } from '../features/saving/saving-store'
import { SettingsPage } from '../features/settings/SettingsPage'
import { KeysPage } from '../features/vault/KeysPage'
import { useVault } from '../features/vault/vault-store'
import { SHORTCUTS } from '../lib/keyboard'
import { useBackKey } from '../lib/use-back-key'
import { useMediaQuery } from '../lib/use-media-query'
import { useShortcut } from '../lib/use-shortcut'
import { IconButton } from '../ui/IconButton'
import { ConversationPage } from './ConversationPage'
import { DataSection } from './DataSection'
import { Drawer } from './Drawer'
import { KeyProtection } from './KeyProtection'
import styles from './Layout.module.css'
import { LeftOutNotice } from './LeftOutNotice'
import { sourceActs } from './link-store'
import { LinkTarget } from './LinkTarget'
import { navigation, NEW_CONVERSATION, NEW_PRIVATE, type PagePlace } from './navigation-store'
import { OpenLinkDialog } from './OpenLinkDialog'
import { RetentionNotice } from './RetentionNotice'
import { Sidebar } from './Sidebar'
import { useStart } from './start'
import { unpricedCalls } from './unpriced-calls'
import { useMonthBudget } from './use-month-budget'
import { usePricing } from './use-pricing'

/** With the first look at it: no window begins there. */
const SpendPage = lazy(async () => ({ default: (await import('../features/spend/SpendPage')).SpendPage }))

const PricesPage = lazy(async () => ({ default: (await import('../features/prices/PricesPage')).PricesPage }))

/** The sidebar and the page beside it. In a narrow window the sidebar is a drawer over the page. */
export function Layout({ place }: { readonly place: PagePlace }) {
  const narrow = useMediaQuery('(width < 800px)')
  const [open, setOpen] = useState(false)
  const composer = useRef<HTMLTextAreaElement>(null)
  const chosen = useRef(false)
  const main = useRef<HTMLElement>(null)
  const { go, addKey } = navigation.getState()
  const countBy = useBudgets((state) => state.countBy)
  const models = useModels((state) => state.models)
  const leftOutId = useStart((state) => state.leftOut)
  const leftOut = useConversations((state) => state.conversations.find(({ id }) => id === leftOutId))
  const connections = useVault((state) => state.connections)
  const drawn = narrow && open
  const pricing = usePricing()
  const { month: monthBudget } = useMonthBudget()

  const nameOfConnection = (id: ConnectionId): string | null => {
    const connection = connections.find((each) => each.id === id)
    return connection === undefined ? null : connectionName(connection)
  }

  function show(): void {
    chosen.current = false
    setOpen(true)
  }

  const leading = narrow && (
    <IconButton label="Show conversations" aria-expanded={open} onClick={show}>
      <PanelLeft />
    </IconButton>
  )

  function leaveDrawer(): void {
    chosen.current = true
    setOpen(false)
  }

  const lead = place.name === 'conversation' ? (place.lead ?? null) : null
  const backToSpend = useCallback(() => go({ name: 'spend' }), [go])
  useBackKey(lead === null ? null : backToSpend)

  function openPlace(page: PagePlace): void {
    leaveDrawer()
    go(page)
    composer.current?.focus()
  }
  const openConversation = (conversationId: ConversationId | null) =>
    openPlace({ name: 'conversation', conversationId })
  const leadTo = (conversationId: ConversationId, messageId: MessageId | null) =>
    openPlace({ name: 'conversation', conversationId, lead: { from: 'spend', messageId } })
  useShortcut(SHORTCUTS.newConversation, () => openPlace(NEW_CONVERSATION))
  useShortcut(SHORTCUTS.newPrivate, () => openPlace(NEW_PRIVATE))

  const sidebar = (
    <Sidebar
      place={place}
      onConversation={openConversation}
      onPrivate={() => openPlace(NEW_PRIVATE)}
      onPage={(name) => {
        leaveDrawer()
        go({ name })
      }}
      onHide={narrow ? () => setOpen(false) : null}
    />
  )

  return (
    <div className={styles.layout} inert={drawn}>
      {narrow ? (
        <Drawer
          open={open}
          onClose={() => setOpen(false)}
          // Back to the button that opened it, or to the page that was chosen in it.
          focusAfter={() => (chosen.current ? (composer.current ?? main.current ?? true) : true)}
        >
          {sidebar}
        </Drawer>
      ) : (
        <div className={styles.side}>{sidebar}</div>
      )}
      <main ref={main} className={styles.main} tabIndex={-1}>
        {place.name !== 'settings' && (
          <RetentionNotice
            onChoose={() => go({ name: 'settings', at: 'retention' })}
            onAnswered={() => (composer.current ?? main.current)?.focus()}
          />
        )}
        {place.name === 'conversation' && place.conversationId === null && leftOut !== undefined && (
          <LeftOutNotice
            title={leftOut.title}
            onOpen={() => openConversation(leftOut.id)}
            onDismiss={() => {
              useStart.getState().dismissLeftOut()
              composer.current?.focus()
            }}
          />
        )}
        {place.name === 'conversation' && (
          <ConversationPage
            conversationId={place.conversationId}
            beginsPrivate={place.isPrivate === true}
            lead={lead}
            composer={composer}
            leading={
              <>
                {leading}
                {lead !== null && (
                  <IconButton label="Back to Spend" aria-keyshortcuts="Alt+ArrowLeft" onClick={backToSpend}>
                    <ArrowLeft />
                  </IconButton>
                )}
              </>
            }
            onSetPrice={pricing.ofOption}
          />
        )}
        {(place.name === 'spend' || lead !== null) && (
          // Kept as it is, out of sight, while what it led to is looked at.
          <Activity mode={place.name === 'spend' ? 'visible' : 'hidden'}>
            <Suspense>
              <SpendPage
                leading={leading}
                show={place.name === 'spend' ? (place.show ?? null) : null}
                modelName={(id) => nameOf(models, id)}
                onOpenConversation={leadTo}
                onPrice={(at) => go({ name: 'prices', at })}
                pricing={pricing.ofCalls}
                budget={monthBudget}
                budgets={<SpendBudgets />}
                onSetting={(at) => go({ name: 'settings', at })}
                onSave={(input) => void savingStore.getState().save('spend.save', input)}
              />
            </Suspense>
          </Activity>
        )}
        {place.name === 'prices' && (
          <Suspense>
            <PricesPage
              // Another price is another look at it.
              key={place.at ?? ''}
              leading={leading}
              at={place.at ?? null}
              links={sourceActs}
              connectionName={nameOfConnection}
              onSetPrice={pricing.ofModel}
              onCalls={(unpriced) => go({ name: 'spend', show: unpricedCalls(unpriced) })}
            />
          </Suspense>
        )}
        {place.name === 'keys' && <KeysPage leading={leading} onAdd={addKey} />}
        {place.name === 'settings' && (
          <SettingsPage
            keyProtection={<KeyProtection />}
            leading={leading}
            at={place.at ?? null}
            onBudgetDays={countBy}
            onRetention={() => void chatStore.getState().rereadRetention()}
            data={<DataSection onDeleted={() => go({ name: 'deleted' })} />}
            onNetworkLog={() => go({ name: 'network' })}
          />
        )}
        {place.name === 'network' && <NetworkPage leading={leading} onSettings={() => go({ name: 'settings' })} />}
        {place.name === 'deleted' && (
          <DeletedPage
            leading={leading}
            onSettings={() => go({ name: 'settings' })}
            onOpen={(id) => openConversation(id)}
            onDone={(id) => conversationActs.getState().settled(id)}
          />
        )}
        <OpenLinkDialog />
        <PriceDialog
          subject={pricing.subject}
          onClose={pricing.close}
          onSettled={() => void chatStore.getState().refresh()}
        />
      </main>
      <LinkTarget />
    </div>
  )
}

/** The limits, with the names of what they limit. */
function SpendBudgets() {
  const connections = useVault((state) => state.connections)
  const conversations = useConversations((state) => state.conversations)
  const { save } = savingStore.getState()
  return (
    <Budgets
      connections={connections}
      conversationTitle={(id) => conversations.find((conversation) => conversation.id === id)?.title ?? null}
      onSaveHistory={(budgetId, format) => void save('budget.saveHistory', { budgetId, format })}
    />
  )
}
