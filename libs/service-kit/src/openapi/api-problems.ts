import { SetMetadata } from '@nestjs/common';

export const problemsKey = 'shop:problems';

/** Documents which problem+json answers a route, or every route of a controller, may give, by status. */
export const ApiProblems = (...statuses: number[]): MethodDecorator & ClassDecorator => {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const host = (descriptor?.value ?? target) as object;
    const before = (Reflect.getMetadata(problemsKey, host) ?? []) as number[];
    // Decorators add up: one may come with an idempotency key, another with the route.
    SetMetadata(problemsKey, [...before, ...statuses])(
      target,
      key as string,
      descriptor as PropertyDescriptor,
    );
  };
};
