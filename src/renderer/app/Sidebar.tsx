import { ChartNoAxesColumn, HatGlasses, KeyRound, PanelLeft, Settings, SquarePen, Tag } from 'lucide-react'
import type { ConversationId } from '../../core/ids'
import { chatStore } from '../features/chat/chat-store'
import { ConversationList } from '../features/conversations/ConversationList'
import { MonthTotal } from '../features/spend/MonthTotal'
import { SHORTCUTS } from '../lib/keyboard'
import { IconButton } from '../ui/IconButton'
import { navigation, type PagePlace } from './navigation-store'
import styles from './Sidebar.module.css'
import { useMonthBudget } from './use-month-budget'

interface SidebarProps {
  readonly place: PagePlace
  readonly onConversation: (id: ConversationId | null) => void
  readonly onPrivate: () => void
  readonly onPage: (name: 'spend' | 'prices' | 'keys' | 'settings') => void
  /** Null where the sidebar stays in view. */
  readonly onHide: (() => void) | null
}

const PAGES = [
  { name: 'spend', label: 'Spend', Icon: ChartNoAxesColumn },
  { name: 'prices', label: 'Prices', Icon: Tag },
  { name: 'keys', label: 'Keys', Icon: KeyRound },
  { name: 'settings', label: 'Settings', Icon: Settings },
] as const

/** The way to every conversation and page, and the month so far. */
export function Sidebar({ place, onConversation, onPrivate, onPage, onHide }: SidebarProps) {
  const { month, near } = useMonthBudget()
  return (
    <aside className={styles.sidebar} aria-label="Sidebar">
      <div className={styles.top}>
        <span className={styles.brand}>Latchkey</span>
        {onHide !== null && (
          <IconButton label="Hide conversations" onClick={onHide}>
            <PanelLeft />
          </IconButton>
        )}
        <IconButton label="New private conversation" shortcut={SHORTCUTS.newPrivate} onClick={onPrivate}>
          <HatGlasses />
        </IconButton>
        <IconButton label="New conversation" shortcut={SHORTCUTS.newConversation} onClick={() => onConversation(null)}>
          <SquarePen />
        </IconButton>
      </div>
      <ConversationList
        current={place.name === 'conversation' ? place.conversationId : null}
        onOpen={onConversation}
        // The list stays in view, and the focus in it.
        onShow={(conversationId) => navigation.getState().go({ name: 'conversation', conversationId })}
        // Its answer was stopped while it was away.
        onRestored={(conversationId) => void chatStore.getState().open(conversationId)}
      />
      <nav className={styles.foot} aria-label="Pages">
        <MonthTotal budget={month} near={near} onOpen={() => onPage('spend')} />
        {PAGES.map(({ name, label, Icon }) => (
          <button
            key={name}
            type="button"
            className={styles.page}
            aria-current={pageOf(place) === name ? 'page' : undefined}
            onClick={() => onPage(name)}
          >
            <Icon />
            {label}
          </button>
        ))}
      </nav>
    </aside>
  )
}

/** What is reached from the settings belongs to them. */
function pageOf({ name }: PagePlace): PagePlace['name'] {
  return name === 'network' || name === 'deleted' ? 'settings' : name
}
