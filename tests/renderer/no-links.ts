import type { LinkActs } from '../../src/renderer/markdown/link-acts'

/** For where no link is opened. */
export const NO_LINKS: LinkActs = { open: () => undefined, point: () => undefined }
