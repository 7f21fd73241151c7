import type { Request } from '../../src/renderer/bridge/client'

/** A bridge whose answers are given when the test says so. */
export function bridge() {
  const asked: { name: string; input: unknown; answer: (result: unknown) => void }[] = []
  const request = ((name: string, input: unknown) =>
    new Promise<unknown>((resolve) => asked.push({ name, input, answer: resolve }))) as Request
  return {
    request,
    asked,
    names: () => asked.map(({ name }) => name),
    input: () => asked.at(-1)?.input,
    async answer(value: unknown) {
      asked.at(-1)?.answer({ ok: true, value })
      await new Promise(setImmediate)
    },
    async refuse(code: string) {
      asked.at(-1)?.answer({ ok: false, error: { code } })
      await new Promise(setImmediate)
    },
  }
}
