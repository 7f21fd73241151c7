import type { Result } from '../../shared/ipc/transport'
import type { OpenExternal } from '../ports'
import { done, refused } from './result'

const MAX_LENGTH = 2048

/**
 * A link that may be handed to the operating system: https, http or mailto, no credentials, written out anew by the
 * URL parser. Null for everything else; other schemes start programs.
 */
export function checkedLink(text: string): string | null {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol === 'mailto:') return mailto(url)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  return url.username === '' && url.password === '' && url.hostname !== '' ? url.href : null
}

/** Only one plain address: headers such as `attach`, a list, or an escaped line break would act for the user. */
function mailto(url: URL): string | null {
  const address = /^[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][A-Za-z0-9.-]*$/
  return url.search === '' && url.hash === '' && address.test(url.pathname) ? url.href : null
}

/** The one way a link leaves Latchkey, whoever asks. */
export function createLinkService(openExternal: OpenExternal) {
  return {
    async open({ url }: { url: string }): Promise<Result<null>> {
      const link = checkedLink(url)
      if (link === null) return refused('link_refused', 'url')
      await openExternal(link)
      return done(null)
    },
  }
}

/** What can be asked of it. */
export type LinkService = ReturnType<typeof createLinkService>
