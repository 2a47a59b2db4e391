/** How a category is shown: `desk-and-paper` as Desk and paper. */
export const categoryName = (slug: string): string =>
  (slug.charAt(0).toUpperCase() + slug.slice(1)).replaceAll('-', ' ');
