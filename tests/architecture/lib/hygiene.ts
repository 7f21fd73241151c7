import { placeOf } from './parse'
import type { SourceFile } from './source-tree'

/** Folders of one machine: they help nobody else and say where something was made. */
const MACHINE_PATHS = /(?<![\w.*-])\/(?:work|root)\/|\/(?:home|Users)\/[a-z]|\b[A-Z]:\\+Users\\/gi

/** Package hosts: which one is used is a matter of the machine's own settings. */
const PACKAGE_HOSTS =
  /\b(?:registry|npm|packages|artifactory|nexus|verdaccio)(?:\.[a-z\d-]+)*\.(?:org|com|io|dev|net|cn|local|internal)\b/gi

/** What ties a file to the machine it was written on. */
export function findMachineTraces(source: SourceFile): string[] {
  return [MACHINE_PATHS, PACKAGE_HOSTS].flatMap((pattern) =>
    [...source.text.matchAll(pattern)].map((match) => `${placeOf(source, match.index)} ${match[0]}`),
  )
}
