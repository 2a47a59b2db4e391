import type { StockLevel } from '@shop/contracts';
import type { Level } from '../model/reservation.ts';

export const stockLevel = ({ productId, onHand, reserved }: Level): StockLevel => ({
  productId,
  onHand,
  reserved,
  available: onHand - reserved,
});
