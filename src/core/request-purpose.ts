/** What a request that leaves is for: an answer, a title, a list of models, what a call cost, what is known of a key. */
export const REQUEST_PURPOSES = ['answer', 'title', 'models', 'generation', 'key'] as const

export type RequestPurpose = (typeof REQUEST_PURPOSES)[number]
