import { describe, expect, it } from '@jest/globals';
import { ownBytes } from './measure.ts';

const history = `0 CMD ["main.js"]
400 COPY /data /data # buildkit
13000000 COPY /app /app # buildkit
0 LABEL org.opencontainers.image.title=shop/orders
120000000 the base image
`;

describe('what an image weighs by itself', () => {
  it('is what was put on its base', () => {
    expect(ownBytes(history)).toBe(13_000_400);
  });
});
