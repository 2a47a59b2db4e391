import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { Problem } from '../problem/problem.ts';
import { requestProblems } from '../problem/standard-problems.ts';
import { faultsOf, type Issue } from './faults-of.ts';

/** Validates every parameter that names a schema (`@Body({ schema })`, `@Query`, `@Param`) and hands on what the schema made of it. */
export class ValidationPipe implements PipeTransform {
  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (!metadata.schema) return value;
    const result = await metadata.schema['~standard'].validate(value);
    if (!result.issues) return result.value;
    if (metadata.type === 'body' && result.issues.some(isWrongWhole)) {
      throw new Problem(
        requestProblems.malformed,
        value === undefined ? 'A JSON body is required' : 'The body must be a JSON object',
      );
    }
    const errors = faultsOf(result.issues, metadata.data);
    throw new Problem(
      requestProblems.invalid,
      `${errors.length === 1 ? 'One value is' : `${errors.length} values are`} not valid`,
      { errors },
    );
  }
}

const isWrongWhole = (issue: Issue) => !issue.path?.length && issue.code === 'invalid_type';
