import { shortAnswerOf, type Text } from './answer'

/** A question and its answer in a made-up conversation. */
export interface Exchange {
  /** A number that no other exchange of any conversation has. */
  readonly id: number
  readonly question: string
  readonly text: Text
}

const TURNS = 100_000

/** The turn of an answer that runs. */
export const LAST_TURN = TURNS - 1

/** Turn `turn` of conversation `number`, from 1: its answer has one to five blocks. */
export function exchangeOf(number: number, turn: number): Exchange {
  const id = number * TURNS + turn
  return {
    id,
    question: `What about number ${turn}, and why is it so?`,
    text: shortAnswerOf(id, 1 + (turn % 5)),
  }
}

/** What a conversation is called. */
export const titleOf = (number: number) => `Conversation ${number}`
