import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Gate } from './gate'
import type { Reply, StreamPart } from './reply'

/** One answer in the making. */
export interface Stage {
  readonly response: ServerResponse
  readonly requestId: string
  /** Told how many more events are out. */
  readonly sent: (events: number) => void
  /** Told before the server itself breaks the connection. */
  readonly breaking: () => void
}

/** Plays a reply on a response; returns when it is over or the client is gone. */
export async function play(reply: Reply, stage: Stage): Promise<void> {
  const { response, requestId } = stage
  switch (reply.kind) {
    case 'silence':
      return
    case 'reset':
      reset(stage)
      return
    case 'held':
      if (await heldAt(reply.gate, response)) await play(reply.reply, stage)
      return
    case 'body': {
      const { status, headers } = reply.head
      response.writeHead(status, { 'request-id': requestId, ...headers })
      response.end(typeof reply.body === 'function' ? reply.body(requestId) : reply.body)
      return
    }
    case 'stream': {
      const { status, headers } = reply.head
      response.writeHead(status, { 'request-id': requestId, 'cache-control': 'no-cache', ...headers })
      response.flushHeaders()
      for (const part of reply.parts) {
        if (!(await perform(part, stage))) return
      }
      if (reply.ending === 'end') response.end()
      if (reply.ending === 'reset') reset(stage)
      if (reply.ending === 'hang-up') {
        stage.breaking()
        response.destroy()
      }
    }
  }
}

/** False once the client is gone. */
async function perform(part: StreamPart, { response, sent }: Stage): Promise<boolean> {
  switch (part.type) {
    case 'gate':
      return heldAt(part.gate, response)
    case 'pause':
      await sleep(part.ms)
      break
    case 'write':
      if (await write(response, part.bytes)) sent(part.events)
      // Node corks what is written within one turn of the loop; a new turn makes a packet of its own.
      await nextTurn()
  }
  return !response.destroyed
}

function write(response: ServerResponse, bytes: Buffer): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false)
  return new Promise((resolve) => {
    response.write(bytes, (error) => {
      resolve(error === undefined || error === null)
    })
  })
}

/** Waits until the gate opens or the client leaves; true when the reply may go on. */
async function heldAt(gate: Gate, response: ServerResponse): Promise<boolean> {
  const gone = new Promise<void>((resolve) => {
    response.once('close', resolve)
  })
  await Promise.race([gate.pass(), gone])
  return !response.destroyed
}

function reset({ response, breaking }: Stage): void {
  breaking()
  if (response.socket === null) response.destroy()
  else response.socket.resetAndDestroy()
}
