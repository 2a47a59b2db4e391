import { Controller, Get, Inject, Query } from '@nestjs/common';
import { pageQuery, type Page } from '@shop/contracts';
import { CursorCodec, Priority } from '@shop/service-kit';
import { z } from 'zod';
import { pspSettings, type PspSandboxConfig } from '../psp-sandbox.config.ts';
import { Book } from './book.ts';
import { bookEntry, type BookEntry } from './payment.ts';

const Position = z.int().nonnegative();

/** Open to everyone, so that tests can hold the shop's ledger against it. */
@Controller('v1/payments')
@Priority('unlimited')
export class BookController {
  private readonly cursors: CursorCodec;

  constructor(
    private readonly book: Book,
    @Inject(pspSettings) settings: PspSandboxConfig,
  ) {
    this.cursors = new CursorCodec(settings.PSP_API_KEY);
  }

  @Get()
  list(@Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>): Page<BookEntry> {
    const from = cursor ? this.cursors.decode(Position, cursor) : 0;
    // One more than asked for tells whether there is a next page.
    const payments = this.book.page(from, limit + 1);
    const more = payments.length > limit;
    return {
      items: payments.slice(0, limit).map(bookEntry),
      nextCursor: more ? this.cursors.encode(from + limit) : null,
    };
  }
}
