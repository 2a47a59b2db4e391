import { parseArgs } from 'node:util';
import { functionNames, serviceNames } from '../runner/settings.ts';

/** Every image: one of each service and function, and `setup`, which makes secrets, databases and topics where a shop runs in containers. */
export const imageNames = [...serviceNames, ...functionNames, 'setup'] as const;
export type ImageName = (typeof imageNames)[number];

export const usage = `usage: npm run images -- [IMAGE]... [--affected] [--base REF] [--list] [--twice] [--tag TAG]

Builds the container images with the local Docker engine, and shows how large they are.

IMAGE        ${imageNames.slice(0, 5).join(', ')},
             ${imageNames.slice(5).join(', ')}; default: all
--affected   only those that differ from REF
--base REF   what --affected compares with; origin/main
--list       build nothing, and say which would be, as JSON
--twice      build each once more from nothing, and fail where a layer differs
--tag TAG    default: SHOP_TAG, else dev

SHOP_REGISTRY            prefix of their names, such as registry.example.com/
BUILD_IMAGE, RUN_IMAGE   other base images than those of the Dockerfile, such as a mirror's
DOCKER_BUILDKIT=0        the older builder

Exit status: 0 all built, 1 one could not be or came out differently, 2 wrong usage.`;

export interface Options {
  help: boolean;
  images: readonly ImageName[];
  /** Build only what differs from this commit. */
  since: string | undefined;
  /** Build nothing, only say what would be. */
  list: boolean;
  twice: boolean;
  tag: string;
}

/** Throws a readable TypeError for what it does not know. */
export function parseOptions(args: string[], env: NodeJS.ProcessEnv = process.env): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      affected: { type: 'boolean', default: false },
      base: { type: 'string' },
      list: { type: 'boolean', default: false },
      twice: { type: 'boolean', default: false },
      tag: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const images = positionals.map(imageOf);
  if (values.base !== undefined && !values.affected) throw new TypeError('--base needs --affected');
  if (values.affected && images.length > 0)
    throw new TypeError('either name images or say --affected, not both');
  return {
    help: values.help,
    images: images.length > 0 ? images : imageNames,
    since: values.affected ? (values.base ?? 'origin/main') : undefined,
    list: values.list,
    twice: values.twice,
    tag: values.tag ?? (env['SHOP_TAG'] || 'dev'),
  };
}

function imageOf(name: string): ImageName {
  const found = imageNames.find((known) => known === name);
  if (!found) throw new TypeError(`there is no image "${name}"; there are ${imageNames.join(', ')}`);
  return found;
}
