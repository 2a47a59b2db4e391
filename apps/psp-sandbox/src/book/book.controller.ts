import { Controller, Get, Inject, Query } from '@nestjs/common';
import { page, pageQuery, type Page } from '@shop/contracts';
import { ApiAnswer, CursorCodec, Priority, Public } from '@shop/service-kit';
import { z } from 'zod';
import { pspSettings, type PspSandboxConfig } from '../psp-sandbox.config.ts';
import { Book } from './book.ts';
import { BookEntry, bookEntry } from './payment.ts';

const BookPage = page(BookEntry).meta({ id: 'BookPage' });
const Position = z.int().nonnegative();

/** Open to everyone, so that tests can hold the shop's ledger against it. */
@Controller('v1/payments')
@Priority('unlimited')
@Public()
export class BookController {
  private readonly cursors: CursorCodec;

  constructor(
    private readonly book: Book,
    @Inject(pspSettings) settings: PspSandboxConfig,
  ) {
    this.cursors = new CursorCodec(settings.PSP_API_KEY);
  }

  @Get()
  @ApiAnswer(200, 'A page of the book', BookPage)
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
