import { ApiProperty, type ApiBodyOptions } from '@nestjs/swagger';

/** What a bot posts, for the documentation; `lateAnswerOf` reads it. */
export const LATE_REPLY_BODY: ApiBodyOptions = {
  schema: {
    type: 'object',
    properties: {
      reply: { description: 'A text, or `{"text", "media"?, "buttons"?}`.' },
      replies: { type: 'array', items: {}, description: 'Several of these, in their order; at most 20.' },
      commit: {
        type: 'object',
        description: 'The bot is told of the commit before the first reply, with this.',
      },
      handover: { type: 'boolean', description: 'With `true`, humans answer the customer from now on.' },
    },
  },
  examples: {
    text: { summary: 'A text', value: { reply: 'Записала вас на завтра в 18:00.' } },
    several: {
      summary: 'Two messages, one with quick replies',
      value: {
        replies: [
          'Завтра есть два окна.',
          {
            text: 'Какое подходит?',
            buttons: [
              { id: '18', text: '18:00' },
              { id: '19', text: '19:00' },
            ],
          },
        ],
      },
    },
    nothing: { summary: 'Nothing to say', value: { reply: '' } },
  },
};

export class LateReplyAnswer {
  @ApiProperty({ example: true })
  success!: boolean;

  @ApiProperty({ example: 'b-0b9d3c1e-1b9c-4b61-9d0f-6a2f4d0f9a10' })
  batchId!: string;

  @ApiProperty({
    enum: ['accepted', 'duplicate'],
    description: '`duplicate`: the batch has its late reply already; this one is not sent.',
  })
  outcome!: 'accepted' | 'duplicate';
}
