import { navigation } from './navigation-store'

/** Leads to when many requests are asked about. */
export function toLoopSettings(): void {
  navigation.getState().go({ name: 'settings', at: 'loop' })
}
