/** RESERVED and COMMITTED hold stock; the others are final and hold nothing. */
export type ReservationState = 'RESERVED' | 'COMMITTED' | 'REJECTED' | 'RELEASED' | 'EXPIRED';

export interface Line {
  productId: string;
  quantity: number;
}

export interface Shortage {
  productId: string;
  requested: number;
  available: number;
}

/** What an order holds. `held` is what a release finds, or found: repeated, it must answer the same. */
export interface Reservation {
  orderId: string;
  state: ReservationState;
  held: 'reserved' | 'committed' | 'nothing';
  lines: Line[];
  shortages: Shortage[];
}

/** `onHand` counts units in the house, `reserved` those of them that are promised to an order. */
export interface Level {
  productId: string;
  onHand: number;
  reserved: number;
}
