import type { Machine } from '../lab/machine.ts';
import type { CatalogueResult } from '../scenarios/catalogue.ts';
import type { CheckoutResult } from '../scenarios/checkout.ts';
import type { FootprintResult } from '../scenarios/footprint.ts';
import type { GeneratorResult } from '../scenarios/generator.ts';
import type { GrowthResult } from '../scenarios/growth.ts';
import type { MessagingResult } from '../scenarios/messaging.ts';
import type { OverloadResult } from '../scenarios/overload.ts';
import type { TracingResult } from '../scenarios/tracing.ts';

/** Everything that a run has measured, as it is stored. */
export interface Results {
  machine: Machine;
  quick: boolean;
  minutes: number;
  generator?: GeneratorResult;
  checkout?: CheckoutResult;
  catalogue?: CatalogueResult[];
  messaging?: MessagingResult;
  tracing?: TracingResult[];
  overload?: OverloadResult;
  growth?: GrowthResult[];
  footprint?: FootprintResult;
  /** Why a scenario could not be measured. */
  failures: Record<string, string>;
}
