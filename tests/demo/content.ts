/** A conversation of the invented year: questions and the answers the practice provider gives to them. */
export interface Story {
  readonly model: 'sonnet' | 'opus' | 'haiku' | 'gpt' | 'gemini'
  readonly turns: readonly { readonly ask: string; readonly answer: string }[]
}

/** Invented for the demo; nobody asked these and no model answered them. */
export const STORIES: readonly Story[] = [
  {
    model: 'sonnet',
    turns: [
      {
        ask: 'This query takes 940 ms on 4.1 M rows. Which index would you add?',
        answer:
          "It reads every open order, then sorts. A partial index in read order removes both steps:\n\n```sql\nCREATE INDEX CONCURRENTLY orders_open_recent\n  ON orders (account_id, created_at DESC)\n  INCLUDE (total_cents)\n  WHERE status = 'open';\n```\n\n| Plan | Time | Rows read |\n| --- | ---: | ---: |\n| Sequential scan, today | 940 ms | 4,102,377 |\n| Index on `account_id` | 118 ms | 61,240 |\n| Partial, as above | 3.2 ms | 50 |",
      },
      {
        ask: 'Will writes get slower? About 40,000 orders a day go from open to paid.',
        answer:
          'Slightly, and only for open orders. Each payment drops one index entry: 40,000 small deletes a day, about one every two seconds. New orders add an entry of roughly 32 bytes.\n\nWatch **autovacuum** on this table for a week; if dead entries pile up, lower its scale factor for this table alone.',
      },
    ],
  },
  {
    model: 'haiku',
    turns: [
      {
        ask: 'Scale this recipe from 4 to 14 people: 300 g flour, 2 eggs, 450 ml milk.',
        answer:
          'Multiply by 3.5:\n\n- **1,050 g** flour\n- **7** eggs\n- **1,575 ml** milk\n\nMix in two bowls; one that size is hard to whisk without lumps.',
      },
    ],
  },
  {
    model: 'opus',
    turns: [
      {
        ask: 'Read my chapter and tell me, honestly, where you would have stopped reading.',
        answer:
          'On page four, at the second description of the harbour. The first one earns its place: it is seen through Ines, who is looking for a boat that is not there. The second is seen through nobody.\n\n> The water lay flat and grey, as it had lain that morning.\n\nCut it, and the quarrel that follows begins one breath earlier, which it needs.',
      },
      {
        ask: 'And the dialogue in the kitchen?',
        answer:
          'Keep it. It does three things at once:\n\n1. It tells us the money is gone, without the word money.\n2. It gives the father the only joke in the chapter.\n3. It ends on a question nobody answers.\n\nOne change: let her leave *before* the kettle boils.',
      },
    ],
  },
  {
    model: 'gemini',
    turns: [
      {
        ask: 'Three days in Lisbon without a car, with my mother who tires easily.',
        answer:
          '### Day 1: Baixa, all flat\nRiver front in the morning, a long lunch, tram 28 **late** when it is empty.\n\n### Day 2: Belém by train\nTen minutes from Cais do Sodré. The monastery has benches everywhere.\n\n### Day 3: Gulbenkian\nA garden with a museum in it, and the best café of the three days.',
      },
    ],
  },
  {
    model: 'gpt',
    turns: [
      {
        ask: 'Why does my Go parser leave the VAT column empty on page 2?',
        answer:
          'Because the header is only read on page 1 and the column positions move by 6 points on page 2:\n\n```go\nfunc (p *Parser) columns(page Page) []Column {\n\tif page.HasHeader() {\n\t\tp.last = detect(page)\n\t}\n\treturn p.last // page 2 has no header: stale positions\n}\n```\n\nDetect by the amounts instead; they are right-aligned on every page.',
      },
      {
        ask: 'Show me the fix.',
        answer:
          '```go\nfunc (p *Parser) columns(page Page) []Column {\n\tcolumns := detect(page)\n\tif len(columns) == 0 {\n\t\tcolumns = alignByAmounts(page, p.last)\n\t}\n\tp.last = columns\n\treturn columns\n}\n```\n\nAdd `invoice-0417.pdf` as a test case: it is the smallest file that shows it.',
      },
    ],
  },
  {
    model: 'haiku',
    turns: [
      {
        ask: 'Ten Swedish verbs I will need at a flat viewing.',
        answer:
          'att hyra, att flytta, att betala, att fråga, att titta, att mäta, att laga, att låsa, att dela, att skriva på.\n\nThe last one means to sign. Read before you *skriver på*.',
      },
    ],
  },
  {
    model: 'sonnet',
    turns: [
      {
        ask: 'My landlord wants to keep half the deposit for paint after six years. What do I write?',
        answer:
          'Short and friendly, with one fact and one date:\n\n> Dear Ms Lund, thank you for the inspection. Paint that is six years old is ordinary wear, so I cannot agree to the deduction of €640. Please return the full deposit by 15 June. I am glad to talk on the phone before then.\n\nSend it by post as well, and keep the photographs from the day you moved in.',
      },
    ],
  },
  {
    model: 'opus',
    turns: [
      {
        ask: 'Explain the birthday paradox to my twelve-year-old, without formulas.',
        answer:
          'Ask her how many **handshakes** there are in a room of 23 people. Not 23: two hundred and fifty-three. Each handshake is one chance for two birthdays to meet. Nobody is surprised that 253 tries are enough for something that happens once in 365.\n\nThen let her try it with her class.',
      },
    ],
  },
  {
    model: 'gemini',
    turns: [
      {
        ask: 'Which bike gear ratio for a 9 % hill and weak knees?',
        answer:
          'Aim for **0.8**: 26 teeth in front, 32 behind. At 70 turns a minute that is about 7 km/h, slow enough to keep breathing and fast enough not to fall over.',
      },
    ],
  },
  {
    model: 'gpt',
    turns: [
      {
        ask: 'Write the toast for my brother’s wedding. Two minutes, no embarrassing stories.',
        answer:
          'My brother learnt to swim by holding on to the side of the pool and announcing, every week, that next week he would let go. One Tuesday he did. Nobody had told him that the water was the same all along.\n\nMarta, you are the reason he stopped announcing and started. *To letting go.*',
      },
    ],
  },
  {
    model: 'sonnet',
    turns: [
      {
        ask: 'Compare leasing and buying solar panels for a roof of 40 square metres.',
        answer:
          '| | Buy | Lease |\n| --- | --- | --- |\n| Up front | €9,800 | €0 |\n| Per month | €0 | €92 |\n| After 20 years | yours | theirs |\n| Repairs | you | them |\n\nWith your roof and today’s tariff, buying is ahead from **year nine**. If you may move before that, lease.',
      },
      {
        ask: 'And with a battery?',
        answer:
          'It moves the line to year twelve. A battery earns most where evening electricity is dear, and yours is not. Leave room for one in the meter cupboard and decide in three years.',
      },
    ],
  },
  {
    model: 'haiku',
    turns: [
      {
        ask: 'Turn this into a commit message: fixed bug where stopped answers had no cost',
        answer: '```\nfix(ledger): book what arrived when an answer is stopped\n```',
      },
    ],
  },
]
