import { refused } from './result'

/** What is kept, and its deletion. */
export function createDataService() {
  return {
    setConversationRetention: () => refused('internal'),
    preview: () => refused('internal'),
    look: () => refused('internal'),
    purge: () => refused('internal'),
    deleteEverything: () => refused('internal'),
  }
}

/** What can be asked of it. */
export type DataService = ReturnType<typeof createDataService>
