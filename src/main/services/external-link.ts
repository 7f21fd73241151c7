import type { Result } from '../../shared/ipc/transport'
import type { Clock, OpenExternal } from '../ports'
import { done, refused } from './result'

/** Of what is written and of what is opened, which escapes make up to nine times as long. Windows takes 2081. */
const MAX_LENGTH = 2048
/** What cannot be seen, reorders what can, or is read as another sign: controls, bidi marks, half pairs, backslashes. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\]/u
/** Written out: the parser also takes `https:host`, and any number of slashes. */
const START = /^(?:https?:\/\/[^/]|mailto:)/i
/** The parser lets quotes, `$(…)`, `&` and `;` into a host, and some desktops open a link through a shell. */
const HOST = /^(?:[a-z0-9_][a-z0-9._-]*|\[[0-9a-f:.]+\])$/

const MAX_OPENED = 10
const WINDOW_MS = 60_000

/**
 * A link that may be handed to the operating system: https, http or mailto, no credentials, written out anew by the
 * URL parser, so that a name in another script is its `xn--` form. Null for everything else; other schemes start
 * programs.
 */
export function checkedLink(text: string): string | null {
  if (text.length > MAX_LENGTH || UNSEEN.test(text) || !START.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  const ours = url.protocol === 'mailto:' ? isMail(url) : isWeb(url, text)
  return ours && url.href.length <= MAX_LENGTH ? url.href : null
}

function isWeb(url: URL, text: string): boolean {
  // The parser forgets an empty name: `https://@host`.
  const authority = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? '@'
  return !authority.includes('@') && HOST.test(url.hostname) && url.port !== '0'
}

/** Only one plain address: headers such as `attach`, a list, or an escaped line break would act for the user. */
function isMail(url: URL): boolean {
  const address = /^[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][A-Za-z0-9.-]*$/
  return url.search === '' && url.hash === '' && address.test(url.pathname)
}

/** The one way a link leaves Latchkey, whoever asks: at most ten a minute, so that no page floods the desktop. */
export function createLinkService(openExternal: OpenExternal, clock: Pick<Clock, 'now'>) {
  let openedMs: readonly number[] = []
  return {
    async open({ url }: { url: string }): Promise<Result<null>> {
      const link = checkedLink(url)
      if (link === null) return refused('link_refused', 'url')
      const nowMs = clock.now()
      // A clock set back must not keep links shut until it has caught up.
      openedMs = openedMs.filter((atMs) => atMs <= nowMs && nowMs - atMs < WINDOW_MS)
      if (openedMs.length >= MAX_OPENED) return refused('too_many')
      openedMs = [...openedMs, nowMs]
      await openExternal(link)
      return done(null)
    },
  }
}

/** What can be asked of it. */
export type LinkService = ReturnType<typeof createLinkService>
