export { compensations, saga, start } from './saga.ts';
export {
  type Command,
  type InputType,
  inputs,
  reasons,
  type Rule,
  type State,
  type Transition,
} from './vocabulary.ts';
