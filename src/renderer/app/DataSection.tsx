import { conversationActs } from '../features/conversations/conversation-acts'
import { DataControls } from '../features/data/DataControls'
import { useData } from '../features/data/data-store'
import { SettingsSection } from '../features/settings/SettingsSection'

/** The section of the settings about what is on this computer, and how it goes. */
export function DataSection({ onDeleted }: { readonly onDeleted: () => void }) {
  const error = useData((state) => state.error)
  return (
    <SettingsSection title="Data" about="What Latchkey keeps on this computer, and how it goes." error={error}>
      {/* What was deleted cannot be brought back any more. */}
      <DataControls onPurged={() => conversationActs.getState().settled(null)} onDeleted={onDeleted} />
    </SettingsSection>
  )
}
