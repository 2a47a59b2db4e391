import { Scrape } from '@shop/testing';
import { shop } from './shop.ts';

/** What a service shows of itself now. */
export const scrape = (service: string): Promise<Scrape> => Scrape.of(shop.own.urls[service]!);
