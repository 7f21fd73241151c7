import { ground } from './0001-ground'
import { listsAndSettings } from './0002-lists-and-settings'

/**
 * In order; the position is the `user_version` a file has afterwards. Released migrations are never edited: add a file
 * `NNNN-what-it-does.ts` and a row here.
 */
export const migrations: readonly string[] = [ground, listsAndSettings]
