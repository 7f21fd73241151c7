import type { ConversationId } from '../../core/ids'
import type { Request } from '../bridge/client'
import { navigation, type Place } from './navigation-store'

/** What has been on the page for so long, in milliseconds, could be drawn. */
const DRAWN_MS = 1_000

/**
 * Tells the main process which conversation is about to be shown: should the page hang or end with it, it is not opened by
 * itself again. One that was left out for that is forgiven once it has been drawn. Returns what stops telling.
 */
export function tellShown(ask: Request, leftOut: () => ConversationId | null, drawn: () => void): () => void {
  let told: ConversationId | null = null
  return navigation.subscribe(({ place }) => {
    const conversationId = conversationOf(place)
    if (conversationId === told) return
    told = conversationId
    // Where the page is says nothing of anybody being there.
    void ask('conversation.shows', { conversationId, unasked: true })
    if (conversationId === null || conversationId !== leftOut()) return
    setTimeout(() => {
      if (told !== conversationId) return
      void ask('conversation.forgetLeftOut', { unasked: true })
      drawn()
    }, DRAWN_MS)
  })
}

function conversationOf(place: Place): ConversationId | null {
  return place.name === 'conversation' ? place.conversationId : null
}
